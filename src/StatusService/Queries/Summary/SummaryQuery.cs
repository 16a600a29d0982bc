namespace Waybill.StatusService.Queries.Summary;

/// <param name="AskedFrom">As it was asked for; null for the default, which moves on with the time.</param>
/// <param name="AskedTo">The same.</param>
internal sealed record SummaryQuery(DateTimeOffset From, DateTimeOffset To, string? AskedFrom, string? AskedTo);
