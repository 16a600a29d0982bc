using Microsoft.Extensions.Options;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Transitions;

/// <summary>What clients and operators ask for, by way of intake or of the page.</summary>
internal sealed class ClientTransitions(NotificationStore store, Holds holds, Outbox outbox, TimeProvider time, IOptions<TableOptions> options)
{
    /// <summary>How often a cancel looks again when somebody has moved the record on since it was read, but not to where it must not.</summary>
    private const int Tries = 5;

    public async Task<TransitionOutcome> CancelAsync(string id, CancellationToken cancellationToken)
    {
        var outcome = new TransitionOutcome(false, await store.GetAsync(id, cancellationToken));

        for (var tries = 0; tries < Tries && outcome is { Applied: false, Record: { } record }; tries++)
        {
            var now = time.GetUtcNow();

            if (tries > 0 && !TransitionTable.Cancel.AppliesTo(record, now))
            {
                break;
            }

            outcome = await store.ApplyAsync(id, EndWithoutAttempt.Cancel(record, now, options.Value), cancellationToken);
        }

        return outcome;
    }

    /// <summary>
    /// A fresh round of attempts; what was tried before stays in the history, as far as that has room. Intake sends it; the due time
    /// is for when it cannot. Fenced by the version, so that a try that arrives late does not start yet another round. Refused where
    /// there is nothing left to send; otherwise the request is kept as long as the record, before the record is written.
    /// </summary>
    public Task<TransitionOutcome> RedeliverAsync(string id, CancellationToken cancellationToken) =>
        RedeliverAsync(id, AfterSend, change => change, cancellationToken);

    /// <summary>The same where nobody is there to send it: due at once, so that the Dispatcher does within seconds.</summary>
    public Task<TransitionOutcome> RedeliverByDispatcherAsync(string id, CancellationToken cancellationToken) =>
        RedeliverAsync(id, _ => TimeSpan.Zero, change => change, cancellationToken);

    /// <summary>
    /// The same for what had failed for good when the job was created and has stood still since. So a job redelivers each of
    /// them once, however often it is asked to, and whatever becomes of it then.
    /// </summary>
    public Task<TransitionOutcome> RedeliverByJobAsync(string id, RedeliverByJobRequest request, CancellationToken cancellationToken) =>
        request.Held ? holds.ReleaseByJobAsync(id, request.Job, cancellationToken) : RedeliverAsync(
            id,
            AfterSend,
            change => change
                .OnlyIf(Conditions.Of(FromState.FailedFinal))
                .OnlyIf($"#{StoredNames.LastUpdatedAt} <= :jobCreatedAt", ("jobCreatedAt", StoredValue.Of(request.JobCreatedAt)))
                .Set(RecordField.RedeliveryJob, StoredNames.RedeliveryJob, StoredValue.Of(request.Job)),
            cancellationToken);

    private static TimeSpan AfterSend(NotificationRecord record) => DeliveryTiming.DueAfterDispatch(record.TimeoutSeconds);

    private async Task<TransitionOutcome> RedeliverAsync(
        string id,
        Func<NotificationRecord, TimeSpan> dueAfter,
        Func<StateChange, StateChange> also,
        CancellationToken cancellationToken)
    {
        if (await store.GetItemAsync(id, cancellationToken) is not { } item)
        {
            return new TransitionOutcome(false, null);
        }

        var record = RecordTrouble.Read(item, StateItem.Read);

        if (OwedCallback.IsOwed(record))
        {
            // With its due time it would be forgotten that its owner is to be told.
            await outbox.TellAsync(record, cancellationToken);
            return await RedeliverAsync(id, dueAfter, also, cancellationToken);
        }

        var now = time.GetUtcNow();

        if (record.IsFinal && !await store.KeepRequestAsync(record, now, cancellationToken))
        {
            return new TransitionOutcome(false, record with { RequestIsGone = true });
        }

        var change = new StateChange(TransitionTable.Redeliver, now, StoredValue.Of(record.Version))
            .Add(RecordField.Epoch, StoredNames.Epoch, 1)
            .Set(RecordField.RedeliveredAt, StoredNames.RedeliveredAt, StoredValue.Of(now))
            .Set(RecordField.Attempts, StoredNames.Attempts, StoredValue.Of(0))
            .Set(RecordField.Claims, StoredNames.Claims, StoredValue.Of(0))
            .Remove(RecordField.Dispatches, StoredNames.Dispatches)
            .Remove(RecordField.PreviousStatus, StoredNames.PreviousStatus)
            .Remove(RecordField.DeliveredAt, StoredNames.DeliveredAt)
            .NoLongerWaits()
            .AddsLostAttempt(record)
            .EndsWithoutLease()
            .Set(RecordField.DueAt, StoredNames.DueShard, StoredValue.Of(Shards.Due(id)))
            .Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(now + dueAfter(record)))
            .Remove(RecordField.Failure, StoredNames.FailedShard, StoredNames.FailedAt)
            .Remove(RecordField.ExpiresAt, StoredNames.ExpiresAt);

        if (HistoryBound.Shortened(item.List(StoredNames.History)) is { } kept)
        {
            change.ShortensHistory(kept, record.LastAttemptNumber);
        }

        return await store.ApplyAsync(id, also(change), cancellationToken);
    }
}
