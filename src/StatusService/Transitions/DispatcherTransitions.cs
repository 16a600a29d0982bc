using System.Diagnostics;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Transitions;

/// <summary>What the Dispatcher asks for, about records whose due time has come.</summary>
internal sealed class DispatcherTransitions(NotificationStore store, CallbackSubscriptions callbacks, TimeProvider time, IOptions<TableOptions> options)
{
    /// <summary>
    /// Reads the record, once, decides about it, and writes what was decided on what was read: QUEUED, before the send, fenced by the due time, so
    /// that of two Dispatchers one gets it; or FAILED for good, as one of its bounds is reached, fenced by the version.
    /// </summary>
    /// <returns>Not applied where it has moved on.</returns>
    /// <exception cref="RecordTroubleException">It is in a status that this release does not know.</exception>
    public async Task<TransitionOutcome> DispatchAsync(string id, DispatchRequest request, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(id, cancellationToken);
        var now = time.GetUtcNow();

        return DispatchDecision.About(request.DueAt, record, now) switch
        {
            DispatchDecision.Dispatch => await ApplyAsync(record!, Redispatch(record!, request.DueAt, now), cancellationToken),
            DispatchDecision.Abandon { Bound: var bound } => await AbandonAsync(record!, bound, now, cancellationToken),
            DispatchDecision.Skip skip => throw new RecordTroubleException(id, skip.Reason),
            _ => new TransitionOutcome(false, record),
        };
    }

    public Task<DueResponse> DueAsync(string shard, int limit, DuePosition? after, CancellationToken cancellationToken) =>
        store.DueAsync(shard, time.GetUtcNow(), limit, after, cancellationToken);

    private async Task<TransitionOutcome> AbandonAsync(NotificationRecord record, ReachedBound bound, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isOwed = await callbacks.OweFailureAsync(record, cancellationToken);
        return await ApplyAsync(record, EndWithoutAttempt.Abandon(record, now, options.Value, bound.Code, bound.Reason, isOwed), cancellationToken);
    }

    /// <summary>In the trace of the client's request: the Dispatcher, which knows an id and no more, asks in none.</summary>
    private async Task<TransitionOutcome> ApplyAsync(NotificationRecord record, StateChange change, CancellationToken cancellationToken)
    {
        _ = ActivityContext.TryParse(record.Traceparent, null, isRemote: true, out var origin);
        using var span = WaybillTelemetry.Source.StartActivity(StatusClient.Dispatch, ActivityKind.Server, origin);

        return await store.ApplyAsync(record.Id, change, cancellationToken);
    }

    private static StateChange Redispatch(NotificationRecord record, DateTimeOffset dueAt, DateTimeOffset now)
    {
        var next = now + DeliveryBounds.DueAfterDispatch(record.TimeoutSeconds, record.Dispatches);

        return new StateChange(TransitionTable.Redispatch, now, StoredValue.Of(dueAt))
            .Set(RecordField.PreviousStatus, StoredNames.PreviousStatus, StoredValue.Of(record.Status.Text()))
            .Set(RecordField.QueuedAt, StoredNames.QueuedAt, StoredValue.Of(now))
            .Add(RecordField.Dispatches, StoredNames.Dispatches, 1)
            .NoLongerWaits()
            .Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(next));
    }
}
