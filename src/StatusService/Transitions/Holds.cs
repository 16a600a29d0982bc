using Waybill.Notifications.Delivery;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Transitions;

/// <summary>
/// Holds what is for an endpoint that is paused, until the pause ends: no attempt and no claim is used up by it. A pause may end at the very moment: so
/// whatever is held is looked at once more after it was written, and goes on where the endpoint is not paused any more.
/// </summary>
internal sealed class Holds(NotificationStore store, EndpointStore endpoints, TimeProvider time)
{
    private const int Tries = 3;

    /// <summary>Held as it comes up for an attempt.</summary>
    /// <returns>The record as it is then; null when there is none.</returns>
    public async Task<NotificationRecord?> HoldAsync(NotificationRecord? record, DateTimeOffset until, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tries && record is not null && TransitionTable.Hold.AppliesTo(record, time.GetUtcNow()); tries++)
        {
            if (IsHeld(record) && record.DueAt == until)
            {
                return record;
            }

            var outcome = await store.ApplyAsync(record.Id, Hold(record, until, time.GetUtcNow()), cancellationToken);

            if (outcome.Applied)
            {
                return await CheckAsync(outcome.Record!, cancellationToken);
            }

            record = outcome.Record;
        }

        return record;
    }

    /// <summary>Of one that was written as held: where its endpoint is not paused any more, it is due at once.</summary>
    public async Task<NotificationRecord> CheckAsync(NotificationRecord record, CancellationToken cancellationToken)
    {
        if (!IsHeld(record) || EventTarget.Of(record) is not { } target)
        {
            return record;
        }

        var endpoint = await endpoints.GetAsync(target.Endpoint, cancellationToken);

        return endpoint?.StatusAt(time.GetUtcNow()) == EndpointStatus.Paused
            ? record
            : (await ReleaseAsync(record, _ => TimeSpan.Zero, change => change, cancellationToken)).Record ?? record;
    }

    /// <summary>One that a job found: it is sent by who asks, and the due time is for when it cannot.</summary>
    /// <returns>Not applied: it is not held any more.</returns>
    public async Task<TransitionOutcome> ReleaseByJobAsync(string id, string job, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(id, cancellationToken);

        return record is not null && IsHeld(record)
            ? await ReleaseAsync(
                record,
                seconds => DeliveryTiming.DueAfterDispatch(seconds),
                change => change.Set(RecordField.RedeliveryJob, StoredNames.RedeliveryJob, StoredValue.Of(job)),
                cancellationToken)
            : new TransitionOutcome(false, record);
    }

    public static bool IsHeld(NotificationRecord record) => record.Status == NotificationStatus.Pending && record.WaitingReason == WaitingReasons.EndpointPaused;

    /// <summary>What is scheduled for later still is.</summary>
    private Task<TransitionOutcome> ReleaseAsync(NotificationRecord record, Func<int, TimeSpan> dueAfter, Func<StateChange, StateChange> also, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var dueAt = record.DeliverAt > now ? record.DeliverAt.Value : now + dueAfter(record.TimeoutSeconds);

        return store.ApplyAsync(record.Id, also(Resume(record, dueAt, now)), cancellationToken);
    }

    internal static StateChange Hold(NotificationRecord seen, DateTimeOffset until, DateTimeOffset now) => new StateChange(TransitionTable.Hold, now, StoredValue.Of(seen.Version))
        .AddsLostAttempt(seen)
        .EndsWithoutLease()
        .Remove(RecordField.Dispatches, StoredNames.Dispatches)

        // A send that fails rolls back to it, and it may have been a retry's.
        .Remove(RecordField.PreviousStatus, StoredNames.PreviousStatus)
        .Remove(RecordField.NextAttemptAt, StoredNames.NextAttemptAt)
        .Remove(RecordField.LastSendError, StoredNames.LastSendError)
        .Set(RecordField.Waiting, StoredNames.Waiting, StoredValue.Of(WaitingReasons.EndpointPaused))
        .Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(until));

    internal static StateChange Resume(NotificationRecord held, DateTimeOffset dueAt, DateTimeOffset now) => new StateChange(TransitionTable.Resume, now, StoredValue.Of(held.Version))
        .NoLongerWaits()
        .Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(dueAt));
}
