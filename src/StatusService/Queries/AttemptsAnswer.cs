using Waybill.Notifications.Records;

namespace Waybill.StatusService.Queries;

/// <summary>What was tried for one notification.</summary>
/// <param name="Items">In the order in which they were recorded, over all epochs.</param>
/// <param name="Omitted">How many of a notification that was redelivered many times are left out: their numbers are missing. Absent when none is.</param>
internal sealed record AttemptsAnswer(IReadOnlyList<HistoryEntry> Items, int? Omitted = null);
