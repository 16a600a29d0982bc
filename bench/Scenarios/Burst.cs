namespace Waybill.Bench.Scenarios;

/// <summary>More at once than can be taken: the maximum throughput, and how a backlog drains.</summary>
internal static class Burst
{
    public static Scenario Scenario { get; } = new("burst", "All notifications at once: throughput at saturation.")
    {
        Count = 20_000,
        WarmUp = 5000,
        Connections = 128,
    };
}
