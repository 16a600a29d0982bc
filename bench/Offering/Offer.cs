namespace Waybill.Bench.Offering;

/// <summary>One request to intake. Times are those of Stopwatch.</summary>
/// <param name="Number">From 0.</param>
/// <param name="DueAt">When it was to be posted; latencies count from here.</param>
/// <param name="Id">The notification's; null when it was not accepted.</param>
/// <param name="Problem">Why not.</param>
internal sealed record Offer(int Number, Destination Destination, long DueAt, long PostedAt, long AnsweredAt, string? Id, string? Problem);
