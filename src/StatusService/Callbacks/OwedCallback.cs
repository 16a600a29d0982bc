using Waybill.Notifications.Records;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Callbacks;

/// <summary>A final notification that its owner is still to be told of: its due time, in a shard of the outbox, says so.</summary>
internal static class OwedCallback
{
    public static bool IsOwed(NotificationRecord record) => record is { IsFinal: true, DueAt: not null };

    /// <summary>The end that was read has been told. It is owed from its due time on, whatever the clock here says.</summary>
    /// <param name="owed">One that <see cref="IsOwed"/>.</param>
    public static StateChange Told(NotificationRecord owed, DateTimeOffset now)
    {
        var due = owed.DueAt!.Value;
        return new StateChange(TransitionTable.Told, now > due ? now : due, StoredValue.Of(due)).Remove(RecordField.DueAt, StoredNames.DueShard, StoredNames.DueAt);
    }
}
