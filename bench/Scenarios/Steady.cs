namespace Waybill.Bench.Scenarios;

/// <summary>An even load below the maximum: latencies as clients see them on an ordinary day.</summary>
internal static class Steady
{
    public static Scenario Scenario { get; } = new("steady", "An even load, --rate notifications per second.")
    {
        Count = 6000,
        WarmUp = 5000,
        PerSecond = 200,
    };
}
