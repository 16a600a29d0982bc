namespace Waybill.DeliveryWorker.Fairness;

/// <summary>The bounds for each host.</summary>
/// <param name="Initial">Calls at a time while it is new.</param>
/// <param name="Max">Calls at a time while it does well.</param>
/// <param name="FailuresUntilProbing">Failures in a row after which it is only probed.</param>
/// <param name="FirstPause">Before the first probe.</param>
/// <param name="LongestPause">Between two probes.</param>
internal sealed record HostLimits(int Initial, int Max, int FailuresUntilProbing, TimeSpan FirstPause, TimeSpan LongestPause)
{
    /// <summary>Suspects share half of the worker; one host may take a quarter of that at first.</summary>
    private const int InitialShare = 8;

    public static HostLimits Of(FairnessOptions options, int concurrency) => new(
        Math.Clamp(concurrency / InitialShare, 1, options.InitialPerHost),
        options.MaxPerHost,
        options.FailuresUntilProbing,
        TimeSpan.FromSeconds(options.FirstProbeSeconds),
        TimeSpan.FromSeconds(options.LongestProbeSeconds));
}
