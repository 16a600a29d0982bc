using Microsoft.Extensions.Options;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store;

namespace Waybill.StatusService.Transitions;

/// <summary>What the Dispatcher asks for, about records whose due time has come.</summary>
internal sealed class DispatcherTransitions(NotificationStore store, TimeProvider time, IOptions<TableOptions> options)
{
    /// <summary>QUEUED, before the send; fenced by the due time that was read, so that of two Dispatchers one gets it.</summary>
    public async Task<TransitionOutcome> RedispatchAsync(string id, RedispatchRequest request, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(id, cancellationToken);

        if (record is null || record.DueAt != request.DueAt)
        {
            return new TransitionOutcome(false, record);
        }

        var now = time.GetUtcNow();
        var dueAt = now + DeliveryTiming.DueAfterDispatch(record.TimeoutSeconds);
        var change = new StateChange(TransitionTable.Redispatch, now, StoredValue.Of(request.DueAt))
            .Set(RecordField.PreviousStatus, StoredNames.PreviousStatus, StoredValue.Of(record.Status.Text()))
            .Set(RecordField.QueuedAt, StoredNames.QueuedAt, StoredValue.Of(now))
            .Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(dueAt));

        return await store.ApplyAsync(id, change, cancellationToken);
    }

    /// <summary>FAILED for good: its claims are used up without a result.</summary>
    public async Task<TransitionOutcome> AbandonAsync(string id, AbandonRequest request, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(id, cancellationToken);

        if (record is null || record.DueAt != request.DueAt)
        {
            return new TransitionOutcome(false, record);
        }

        var now = time.GetUtcNow();
        var change = new StateChange(TransitionTable.Abandon, now, StoredValue.Of(request.DueAt))
            .Set(RecordField.DeliveryResult, StoredNames.DeliveryResult, StoredValue.Of(ResultMap.Write(EndWithoutAttempt.Abandoned(record, now, request.Reason))))
            .Remove(RecordField.NextAttemptAt, StoredNames.NextAttemptAt)
            .EndsWithoutLease()
            .EndsDelivery(now, options.Value);

        if (record.Lease is { } lease)
        {
            change.Append(RecordField.History, StoredNames.History, StoredValue.Of(HistoryMap.Write(EndWithoutAttempt.LostAttempt(record, lease))));
        }

        return await store.ApplyAsync(id, change, cancellationToken);
    }

    public Task<DueAnswer> DueAsync(string shard, int limit, DuePosition? after, CancellationToken cancellationToken) =>
        store.DueAsync(shard, time.GetUtcNow(), limit, after, cancellationToken);
}
