using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Waybill.Notifications.Telemetry;

namespace Waybill.StatusService.Store;

/// <summary>Puts the units that an answer of DynamoDB names into the metrics. Requests ask for them by <c>ReturnConsumedCapacity</c>.</summary>
internal static class Consumption
{
    public static void Note(string operation, AmazonWebServiceResponse answer)
    {
        switch (answer)
        {
            case GetItemResponse get:
                Read(operation, get.ConsumedCapacity);
                break;

            case QueryResponse query:
                Read(operation, query.ConsumedCapacity);
                break;

            case BatchGetItemResponse batch:
                batch.ConsumedCapacity?.ForEach(table => Read(operation, table));
                break;

            case PutItemResponse put:
                Written(operation, put.ConsumedCapacity);
                break;

            case UpdateItemResponse update:
                Written(operation, update.ConsumedCapacity);
                break;
        }
    }

    private static void Read(string operation, ConsumedCapacity? consumed) =>
        WaybillMetrics.CapacityRead(operation, consumed?.CapacityUnits ?? 0);

    private static void Written(string operation, ConsumedCapacity? consumed) =>
        WaybillMetrics.CapacityWritten(operation, consumed?.CapacityUnits ?? 0);
}
