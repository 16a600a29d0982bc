using Waybill.Notifications.Records;

namespace Waybill.StatusService.Queries;

/// <summary>What was tried for one notification.</summary>
/// <param name="Items">In the order in which they were recorded, over all epochs.</param>
internal sealed record AttemptsAnswer(IReadOnlyList<HistoryEntry> Items);
