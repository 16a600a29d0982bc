using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Transitions;

/// <summary>Changes that several transitions share.</summary>
internal static class StateChangeExtensions
{
    public static StateChange EndsWithoutLease(this StateChange change) =>
        change.Remove(RecordField.Lease, StoredNames.LeaseToken, StoredNames.LeaseOwner, StoredNames.LeaseStartedAt, StoredNames.LeaseUntil);

    /// <summary>Applies only to the record as it was read.</summary>
    public static StateChange OnlyIfUnchangedSince(this StateChange change, NotificationRecord seen) =>
        change.OnlyIf($"#{StoredNames.Version} = :seen", ("seen", StoredValue.Of(seen.Version)));

    /// <summary>Nothing is due any more but, where its owner is to be told, that; and from now the retention runs.</summary>
    /// <param name="tells">The id of the notification whose owner is to be told; null where nobody is.</param>
    public static StateChange EndsDelivery(this StateChange change, DateTimeOffset now, TableOptions options, string? tells) =>
        (tells is null
            ? change.Remove(RecordField.DueAt, StoredNames.DueShard, StoredNames.DueAt)
            : change
                .Set(RecordField.DueAt, StoredNames.DueShard, StoredValue.Of(Shards.Outbox(tells)))
                .Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(now)))
            .Set(RecordField.ExpiresAt, StoredNames.ExpiresAt, StoredValue.OfSeconds(now.AddDays(options.RetentionDays)));

    public static StateChange NoLongerWaits(this StateChange change) => change.Remove(RecordField.Waiting, StoredNames.Waiting);

    /// <summary>An attempt that was made, or may have been: its start is that of the last call.</summary>
    public static StateChange AddsAttempt(this StateChange change, HistoryEntry entry)
    {
        change
            .Append(RecordField.History, StoredNames.History, StoredValue.Of(HistoryMap.Write(entry)))
            .Set(RecordField.LastDeliveryAttempt, StoredNames.LastDeliveryAttempt, StoredValue.Of(entry.StartedAt));

        // Until then nothing has been left out of it, and its length tells the number.
        return entry.Number > HistoryBound.MostEntries
            ? change.Set(RecordField.History, StoredNames.LastAttempt, StoredValue.Of(entry.Number))
            : change;
    }

    /// <summary>The lease that an earlier worker left behind becomes an attempt of the epoch in which it was lost.</summary>
    public static StateChange AddsLostAttempt(this StateChange change, NotificationRecord seen) =>
        EndWithoutAttempt.LostAttempt(seen) is { } lost ? change.AddsAttempt(lost) : change;
}
