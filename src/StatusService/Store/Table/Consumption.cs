using Waybill.Notifications.Telemetry;

namespace Waybill.StatusService.Store.Table;

/// <summary>Puts the units that an answer of DynamoDB names into the metrics. Requests ask for them by <c>ReturnConsumedCapacity</c>.</summary>
internal static class Consumption
{
    public static void Note(string operation, TableResult answer)
    {
        if (answer is WriteResult)
        {
            WaybillMetrics.CapacityWritten(operation, answer.Units);
        }
        else
        {
            WaybillMetrics.CapacityRead(operation, answer.Units);
        }
    }
}
