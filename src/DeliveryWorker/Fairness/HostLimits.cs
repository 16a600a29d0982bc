namespace Waybill.DeliveryWorker.Fairness;

/// <summary>Calls at a time to one host.</summary>
/// <param name="Initial">While it is new.</param>
/// <param name="Max">While it does well.</param>
internal sealed record HostLimits(int Initial, int Max)
{
    /// <summary>Hosts that are new or silent share half of the worker; a new one may take a quarter of that.</summary>
    private const int InitialShare = 8;

    public static HostLimits Of(FairnessOptions options, int concurrency) =>
        new(Math.Clamp(concurrency / InitialShare, 1, options.InitialPerHost), options.MaxPerHost);
}
