namespace Waybill.DeliveryWorker.Fairness;

/// <summary>One call to a host, as it began.</summary>
/// <param name="StartedAt">By the monotonic clock.</param>
/// <param name="Before">Calls to the host that began within the second before.</param>
/// <param name="Suspect">Whether it takes one of the suspects' places.</param>
/// <param name="Class">How the host was doing, for the metrics.</param>
internal sealed record HostCall(long StartedAt, int Before, bool Suspect, string Class);
