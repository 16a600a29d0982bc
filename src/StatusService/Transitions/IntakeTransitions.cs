using Microsoft.Extensions.Options;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Transitions;

/// <summary>What intake asks for when it takes a notification in.</summary>
internal sealed class IntakeTransitions(NotificationStore store, TimeProvider time, IOptions<TableOptions> options)
{
    private const int MaxSendError = 500;

    private const string NotHeld = $"(attribute_not_exists(#{StoredNames.Waiting}) OR #{StoredNames.Waiting} <> :held)";

    /// <summary>Stores the request, then the record. A repeat meets the record that is there; so does another request with the same id.</summary>
    public async Task<TransitionOutcome> AcceptAsync(AcceptRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var start = request.DeliverAt > now ? request.DeliverAt.Value : now;
        var scheduled = start > now;

        var requestItem = RequestItem.New(request, RequestLife.From(start, options.Value));

        if (!await store.PutRequestAsync(requestItem, cancellationToken))
        {
            return await Existing(request.Id, cancellationToken);
        }

        var dueAt = scheduled ? start : now + DeliveryTiming.DueAfterDispatch(request.TimeoutSeconds);
        return await store.InsertAsync(StateItem.New(request, now, dueAt), cancellationToken);
    }

    /// <summary>Refused, too, where a worker was faster and met a paused endpoint: its message is gone, and the end of the pause finds what is held by that.</summary>
    public Task<TransitionOutcome> QueueAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var change = new StateChange(TransitionTable.Queue, now)
            .Set(RecordField.QueuedAt, StoredNames.QueuedAt, StoredValue.Of(now))
            .NoLongerWaits()
            .OnlyIf(NotHeld, ("held", StoredValue.Of(WaitingReasons.EndpointPaused)));

        return store.ApplyAsync(id, change, cancellationToken);
    }

    /// <summary>The queue's failure says nothing about this notification: the dispatch does not count.</summary>
    public Task<TransitionOutcome> RollBackAsync(string id, RollBackRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var change = new StateChange(TransitionTable.RollBack, now, StoredValue.Of(request.Version))
            .Set(RecordField.LastSendError, StoredNames.LastSendError, StoredValue.Of(Cut.Characters(request.Error, MaxSendError)))
            .Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(now + TimeSpan.FromSeconds(request.RetryInSeconds)))
            .Set(RecordField.Waiting, StoredNames.Waiting, StoredValue.Of(WaitingReasons.QueueDown))
            .Add(RecordField.Dispatches, StoredNames.Dispatches, -1);

        return store.ApplyAsync(id, change, cancellationToken);
    }

    /// <summary>
    /// The request item belongs to another request with the same idempotency key. Its record may not be there yet, or never be
    /// if that call ended in between: then the key is taken all the same, and only that other request can use it.
    /// </summary>
    private async Task<TransitionOutcome> Existing(string id, CancellationToken cancellationToken) =>
        new(false, await store.GetAsync(id, cancellationToken));
}

internal static class TransitionsExtensions
{
    public static WebApplicationBuilder AddTransitions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IntakeTransitions>();
        builder.Services.AddSingleton<DispatcherTransitions>();
        builder.Services.AddSingleton<Holds>();
        builder.Services.AddSingleton<ClaimTransition>();
        builder.Services.AddSingleton<WorkerTransitions>();
        builder.Services.AddSingleton<ClientTransitions>();
        return builder;
    }
}
