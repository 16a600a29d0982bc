using Microsoft.Extensions.Options;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store;

namespace Waybill.StatusService.Transitions;

/// <summary>What clients and operators ask for, by way of intake or of the page.</summary>
internal sealed class ClientTransitions(NotificationStore store, TimeProvider time, IOptions<TableOptions> options)
{
    public async Task<TransitionOutcome> CancelAsync(string id, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(id, cancellationToken);

        if (record is null)
        {
            return new TransitionOutcome(false, null);
        }

        var now = time.GetUtcNow();
        var change = new StateChange(TransitionTable.Cancel, now)
            .Set(RecordField.DeliveryResult, StoredNames.DeliveryResult, StoredValue.Of(ResultMap.Write(EndWithoutAttempt.Cancelled(record, now))))
            .Remove(RecordField.NextAttemptAt, StoredNames.NextAttemptAt)
            .EndsDelivery(now, options.Value);

        return await store.ApplyAsync(id, change, cancellationToken);
    }

    /// <summary>
    /// A fresh round of attempts; what was tried before stays in the history. Intake sends it; the due time is for when it
    /// cannot. Fenced by the version, so that a try that arrives late does not start yet another round.
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
        RedeliverAsync(
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
        var record = await store.GetAsync(id, cancellationToken);

        if (record is null)
        {
            return new TransitionOutcome(false, null);
        }

        var now = time.GetUtcNow();
        var change = new StateChange(TransitionTable.Redeliver, now)
            .OnlyIfUnchangedSince(record)
            .Add(RecordField.Epoch, StoredNames.Epoch, 1)
            .Set(RecordField.Attempts, StoredNames.Attempts, StoredValue.Of(0))
            .Set(RecordField.Claims, StoredNames.Claims, StoredValue.Of(0))
            .Remove(RecordField.PreviousStatus, StoredNames.PreviousStatus)
            .Set(RecordField.DueAt, StoredNames.DueShard, StoredValue.Of(Shards.Due(id)))
            .Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(now + dueAfter(record)))
            .Remove(RecordField.ExpiresAt, StoredNames.ExpiresAt);

        return await store.ApplyAsync(id, also(change), cancellationToken);
    }
}
