using Microsoft.Extensions.Options;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
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
        var dueAt = now + DeliveryBounds.DueAfterDispatch(record.TimeoutSeconds, record.Dispatches);
        var change = new StateChange(TransitionTable.Redispatch, now, StoredValue.Of(request.DueAt))
            .Set(RecordField.PreviousStatus, StoredNames.PreviousStatus, StoredValue.Of(record.Status.Text()))
            .Set(RecordField.QueuedAt, StoredNames.QueuedAt, StoredValue.Of(now))
            .Add(RecordField.Dispatches, StoredNames.Dispatches, 1)
            .NoLongerWaits()
            .Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(dueAt));

        return await store.ApplyAsync(id, change, cancellationToken);
    }

    /// <summary>FAILED for good: one of its bounds is reached. Also fenced by the due time that was read.</summary>
    public async Task<TransitionOutcome> AbandonAsync(string id, AbandonRequest request, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(id, cancellationToken);
        var now = time.GetUtcNow();

        if (record is null || record.DueAt != request.DueAt || record.DueAt > now)
        {
            return new TransitionOutcome(false, record);
        }

        var code = DeliveryBounds.Reached(record, request.DueAt)?.Code ?? EndCodes.ClaimsUsedUp;

        return await store.ApplyAsync(id, EndWithoutAttempt.Abandon(record, now, options.Value, code, request.Reason), cancellationToken);
    }

    public Task<DueAnswer> DueAsync(string shard, int limit, DuePosition? after, CancellationToken cancellationToken) =>
        store.DueAsync(shard, time.GetUtcNow(), limit, after, cancellationToken);
}
