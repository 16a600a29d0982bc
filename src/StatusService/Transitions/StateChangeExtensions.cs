using Waybill.Notifications.Records;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store;

namespace Waybill.StatusService.Transitions;

/// <summary>Changes that several transitions share.</summary>
internal static class StateChangeExtensions
{
    public static StateChange EndsWithoutLease(this StateChange change) =>
        change.Remove(RecordField.Lease, StoredNames.LeaseToken, StoredNames.LeaseOwner, StoredNames.LeaseStartedAt, StoredNames.LeaseUntil);

    /// <summary>Applies only to the record as it was read.</summary>
    public static StateChange OnlyIfUnchangedSince(this StateChange change, NotificationRecord seen) =>
        change.OnlyIf($"#{StoredNames.Version} = :seen", ("seen", StoredValue.Of(seen.Version)));

    /// <summary>Nothing is due any more, and from now the retention runs.</summary>
    public static StateChange EndsDelivery(this StateChange change, DateTimeOffset now, TableOptions options) =>
        change
            .Remove(RecordField.DueAt, StoredNames.DueShard, StoredNames.DueAt)
            .Set(RecordField.ExpiresAt, StoredNames.ExpiresAt, StoredValue.OfSeconds(now.AddDays(options.RetentionDays)));
}
