namespace Waybill.Bench.Offering;

/// <param name="Host">Scheme, host and port.</param>
/// <param name="Group">Latencies are reported for each group of notifications; null: for all together only.</param>
internal sealed record Destination(Uri Host, string? Group = null);
