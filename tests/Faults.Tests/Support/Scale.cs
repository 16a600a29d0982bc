using Waybill.TestSupport.Systems;

namespace Waybill.Faults.Tests.Support;

/// <summary>
/// How much each test does. Short by default; WAYBILL_FAULTS=long has more load, each crash several times and long outages.
/// </summary>
internal static class Scale
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("WAYBILL_FAULTS") == "long";

    /// <summary>How often a crash happens in one load.</summary>
    public static int Crashes { get; } = IsLong ? 5 : 1;

    public static TimeSpan Outage { get; } = TimeSpan.FromSeconds(IsLong ? 60 : 10);

    /// <summary>
    /// A load with attempts of at most 5 s, so that what a fault leaves behind is due 15 s after it was sent, not 25 s.
    /// Retries come soon; the schedule is there for attempts that a busy machine lets time out.
    /// </summary>
    public static LoadShape Load { get; } = new()
    {
        Count = IsLong ? 2000 : 120,
        PerSecond = 40,
        TimeoutSeconds = 5,
        RetrySchedule = [1, 1, 2, 2, 3, 3],
    };
}
