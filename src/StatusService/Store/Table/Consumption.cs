using Waybill.Notifications.Telemetry;

namespace Waybill.StatusService.Store.Table;

/// <summary>Puts the units that an answer of DynamoDB names into the metrics. Requests ask for them by <c>ReturnConsumedCapacity</c>.</summary>
internal static class Consumption
{
    private static readonly AsyncLocal<UnitMeter?> Meter = new();

    public static void Note(string operation, TableResult answer)
    {
        if (answer is WriteResult)
        {
            WaybillMetrics.CapacityWritten(operation, answer.Units);
        }
        else
        {
            WaybillMetrics.CapacityRead(operation, answer.Units);
            Meter.Value?.Add(answer.Units);
        }
    }

    /// <summary>Measures what the caller's own calls read, from now on, and those that it begins.</summary>
    public static UnitMeter Measure() => Meter.Value = new UnitMeter();
}

/// <summary>Adds up read units.</summary>
internal sealed class UnitMeter
{
    private double _units;

    public double Units => Volatile.Read(ref _units);

    public void Add(double units)
    {
        for (var before = _units; ;)
        {
            var found = Interlocked.CompareExchange(ref _units, before + units, before);

            if (found == before)
            {
                return;
            }

            before = found;
        }
    }
}
