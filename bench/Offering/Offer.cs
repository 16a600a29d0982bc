namespace Waybill.Bench.Offering;

/// <summary>One request to intake. Times are those of Stopwatch.</summary>
/// <param name="Id">The notification's; null when it was not accepted.</param>
/// <param name="Problem">Why not.</param>
internal sealed record Offer(long PostedAt, long AnsweredAt, string? Id, string? Problem);
