using Microsoft.Extensions.Options;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Events;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.Events;

/// <summary>
/// Takes events in: the event, with the plan whom it is for, and then a notification for each. Where they are several, a marker among what is due goes before them and after them
/// away, so a crash at any point leaves nothing that was promised, or a marker that the Dispatcher finishes. Ids are derived, so nothing doubles.
/// </summary>
internal sealed partial class EventTransitions(
    EventStore events,
    EndpointStore endpoints,
    NotificationStore store,
    Holds holds,
    CallbackSubscriptions callbacks,
    TimeProvider time,
    IOptions<TableOptions> options,
    ILogger<EventTransitions> logger)
{
    /// <summary>Notifications of one event that are stored at a time.</summary>
    private const int AtATime = 16;

    /// <summary>When the Dispatcher is to finish what was not: later than any fan-out that still goes on.</summary>
    private static readonly TimeSpan FinishAfter = TimeSpan.FromSeconds(30);

    /// <returns>Not applied: an event with that id was there already, and this is it. Null: there is no such endpoint, of a test.</returns>
    public Task<EventOutcome> AcceptAsync(AcceptEventRequest request, CancellationToken cancellationToken) =>
        AcceptAsync(request, DeliveryTiming.DueAfterDispatch, cancellationToken);

    /// <summary>The same where nobody is there to send it: due at once, so that the Dispatcher does within seconds.</summary>
    public Task<EventOutcome> AcceptForDispatcherAsync(AcceptEventRequest request, CancellationToken cancellationToken) =>
        AcceptAsync(request, _ => TimeSpan.Zero, cancellationToken);

    /// <summary>Stores what is missing of an event's notifications, due at once, and takes the marker away.</summary>
    /// <returns>Null when there is no such event.</returns>
    public async Task<EventOutcome> FinishAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        if (await events.GetAsync(id, cancellationToken) is not { } item)
        {
            await events.UnmarkAsync(id, now, cancellationToken);
            return new EventOutcome(false, null);
        }

        var happened = RecordTrouble.Read(item, EventItem.Read);
        var all = await endpoints.OfTenantAsync(happened.Owner, happened.Tenant, cancellationToken);
        var notifications = await InsertAsync(happened, all, now, _ => TimeSpan.Zero, EventItem.IsTest(item), cancellationToken);
        await events.UnmarkAsync(id, ExpiresAt(happened.DeliverAt, now), cancellationToken);

        return new EventOutcome(true, new AcceptEventResponse(happened, notifications));
    }

    private async Task<EventOutcome> AcceptAsync(AcceptEventRequest request, Func<int, TimeSpan> dueAfter, CancellationToken cancellationToken)
    {
        var all = await endpoints.OfTenantAsync(request.Owner, request.Tenant, cancellationToken);
        var matched = all.Where(endpoint => request.EndpointId is { } only ? endpoint.Id == only : endpoint.Takes(request.Type)).ToArray();

        if (request.EndpointId is not null && matched.Length == 0)
        {
            return new EventOutcome(false, null);
        }

        var now = time.GetUtcNow();
        var item = EventItem.New(request, [.. matched.Select(endpoint => endpoint.Id)], now, ExpiresAt(request.DeliverAt, now));
        var (applied, stored) = await events.PutAsync(item, cancellationToken);
        var happened = RecordTrouble.Read(stored, EventItem.Read);

        if (!applied && happened.Fingerprint != request.Fingerprint)
        {
            return new EventOutcome(false, new AcceptEventResponse(happened, []));
        }

        var isMarked = happened.EndpointIds.Count > 1;

        if (isMarked)
        {
            // A repeat, too: whoever came before may have ended between the event and its marker.
            await events.MarkAsync(happened.Id, now + FinishAfter, cancellationToken);
        }

        var notifications = await InsertAsync(happened, all, now, dueAfter, EventItem.IsTest(stored), cancellationToken);

        if (isMarked)
        {
            await TryUnmarkAsync(happened, now, cancellationToken);
        }

        return new EventOutcome(applied, new AcceptEventResponse(happened, notifications));
    }

    /// <summary>All is stored and promised: where the marker cannot be taken away, the Dispatcher finds nothing left to do.</summary>
    private async Task TryUnmarkAsync(EventRecord happened, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await events.UnmarkAsync(happened.Id, ExpiresAt(happened.DeliverAt, now), cancellationToken);
        }
        catch (TableUnavailableException exception)
        {
            Log.StaysMarked(logger, happened.Id, exception.Message);
        }
    }

    /// <summary>In the order of the plan; those that are there already as they are.</summary>
    private async Task<IReadOnlyList<NotificationRecord>> InsertAsync(
        EventRecord happened,
        IReadOnlyList<EndpointRecord> all,
        DateTimeOffset now,
        Func<int, TimeSpan> dueAfter,
        bool isTest,
        CancellationToken cancellationToken)
    {
        var known = all.ToDictionary(endpoint => endpoint.Id, StringComparer.Ordinal);
        var notifications = new List<NotificationRecord>(happened.EndpointIds.Count);

        foreach (var together in happened.EndpointIds.Chunk(AtATime))
        {
            notifications.AddRange(await Task.WhenAll(together.Select(id => InsertAsync(happened, id, known.GetValueOrDefault(id), now, dueAfter, isTest, cancellationToken))));
        }

        return notifications;
    }

    /// <param name="isTest">It is called whatever the endpoint's state.</param>
    /// <param name="known">Null where it was deleted since it was matched: the notification has its URL all the same.</param>
    private async Task<NotificationRecord> InsertAsync(
        EventRecord happened,
        string endpointId,
        EndpointRecord? known,
        DateTimeOffset now,
        Func<int, TimeSpan> dueAfter,
        bool isTest,
        CancellationToken cancellationToken)
    {
        var endpoint = known ?? await endpoints.GetAsync(new EndpointKey(happened.Owner, happened.Tenant, endpointId), cancellationToken);
        var dueAt = happened.DeliverAt > now ? happened.DeliverAt.Value : now + dueAfter(endpoint?.TimeoutSeconds ?? DeliveryTiming.DefaultTimeoutSeconds);
        var status = isTest ? null : endpoint?.StatusAt(now);

        if (status == EndpointStatus.Disabled)
        {
            return await RefuseAsync(happened, endpoint!, now, dueAt, cancellationToken);
        }

        if (status == EndpointStatus.Paused && endpoint!.PausedUntil > dueAt)
        {
            var held = await store.InsertAsync(StateItem.Held(StateItem.New(happened, endpointId, endpoint, now, endpoint.PausedUntil.Value)), cancellationToken);
            return await holds.CheckAsync(held.Record!, cancellationToken);
        }

        var outcome = await store.InsertAsync(StateItem.New(happened, endpointId, endpoint, now, dueAt), cancellationToken);
        return outcome.Record!;
    }

    /// <summary>On record as failed, so that one call delivers it once the endpoint is back.</summary>
    private async Task<NotificationRecord> RefuseAsync(EventRecord happened, EndpointRecord endpoint, DateTimeOffset now, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        var result = EndWithoutAttempt.Refused(happened.CorrelationId, now);
        var isOwed = await callbacks.OweFailureAsync(happened.Owner, happened.Tenant, cancellationToken);
        var item = StateItem.Refused(StateItem.New(happened, endpoint.Id, endpoint, now, dueAt), result, now, now.AddDays(options.Value.RetentionDays), isOwed);
        var failure = new Failure(happened.Owner, now, endpoint.Url, result.Category, result.ErrorDetails?.Code, new EventReference(happened.Id, happened.Type, happened.Tenant, endpoint.Id));

        return (await store.InsertRefusedAsync(item, failure, now, cancellationToken)).Record!;
    }

    private DateTimeOffset ExpiresAt(DateTimeOffset? deliverAt, DateTimeOffset now) => RequestLife.From(deliverAt > now ? deliverAt.Value : now, options.Value);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{EventId} is stored with all its notifications, and stays among what is due for a while. {Reason}")]
        public static partial void StaysMarked(ILogger logger, string eventId, string reason);
    }
}

internal static class EventsExtensions
{
    public static WebApplicationBuilder AddEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EventStore>();
        builder.Services.AddSingleton<EventTransitions>();
        builder.Services.AddSingleton<StoredRequests>();
        return builder;
    }
}
