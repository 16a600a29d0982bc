namespace Waybill.Bench.Scale.Cost;

/// <summary>
/// List prices of us-east-1 in US dollars: those of docs/cost.md, which says as of when, and those of three more things. A test compares
/// them with that page.
/// </summary>
internal static class Prices
{
    public const double Million = 1_000_000;
    public const double Hours = 730;
    public const double SecondsInMonth = Hours * 3600;

    /// <summary>For a million.</summary>
    public const double WriteUnits = 0.625;
    public const double ReadUnits = 0.125;
    public const double QueueRequests = 0.40;
    public const double Traces = 5.00;

    /// <summary>For a GB.</summary>
    public const double Storage = 0.25;
    public const double Backup = 0.20;
    public const double NatTraffic = 0.045;
    public const double ZoneTraffic = 0.02;
    public const double InternetTraffic = 0.09;
    public const double LogsIn = 0.50;
    public const double LogsKept = 0.03;

    /// <summary>For an hour.</summary>
    public const double VirtualCpu = 0.03238;
    public const double Memory = 0.00356;
    public const double CapacityUnit = 0.008;

    /// <summary>For an hour, of provisioned capacity; not in docs/cost.md.</summary>
    public const double ProvisionedWrite = 0.00065;
    public const double ProvisionedRead = 0.00013;

    /// <summary>For an hour and zone of an interface endpoint, and a GB through it; the second is not in docs/cost.md.</summary>
    public const double Endpoint = 0.01;
    public const double EndpointTraffic = 0.01;

    /// <summary>A month without load, by docs/cost.md, without the tasks that are counted here.</summary>
    public const double IdleWithoutTasks = 212.15 - 70.91 - 15.59;
}
