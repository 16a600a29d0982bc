using Microsoft.Extensions.Options;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Events;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Events;

/// <summary>
/// Takes events in: the event, with the plan whom it is for, and then a notification for each. Where they are several, a marker among what is due goes before them and after them
/// away, so a crash at any point leaves nothing that was promised, or a marker that the Dispatcher finishes. Ids are derived, so nothing doubles.
/// </summary>
internal sealed class EventTransitions(EventStore events, EndpointStore endpoints, NotificationStore store, TimeProvider time, IOptions<TableOptions> options)
{
    /// <summary>Notifications of one event that are stored at a time.</summary>
    private const int AtATime = 16;

    /// <summary>When the Dispatcher is to finish what was not: later than any fan-out that still goes on.</summary>
    private static readonly TimeSpan FinishAfter = TimeSpan.FromSeconds(30);

    /// <returns>Not applied: an event with that id was there already, and this is it. Null: there is no such endpoint, of a test.</returns>
    public async Task<EventOutcome> AcceptAsync(AcceptEventRequest request, CancellationToken cancellationToken)
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

        // Also of a repeat: the first try may have ended before it came to that, and this one may end half way, too.
        if (isMarked)
        {
            await events.MarkAsync(happened.Id, now + FinishAfter, cancellationToken);
        }

        var notifications = await InsertAsync(happened, all, now, DeliveryTiming.DueAfterDispatch, cancellationToken);

        if (isMarked)
        {
            await events.UnmarkAsync(happened.Id, ExpiresAt(happened.DeliverAt, now), cancellationToken);
        }

        return new EventOutcome(applied, new AcceptEventResponse(happened, notifications));
    }

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
        var notifications = await InsertAsync(happened, all, now, _ => TimeSpan.Zero, cancellationToken);
        await events.UnmarkAsync(id, ExpiresAt(happened.DeliverAt, now), cancellationToken);

        return new EventOutcome(true, new AcceptEventResponse(happened, notifications));
    }

    /// <summary>In the order of the plan; those that are there already as they are.</summary>
    private async Task<IReadOnlyList<NotificationRecord>> InsertAsync(
        EventRecord happened,
        IReadOnlyList<EndpointRecord> all,
        DateTimeOffset now,
        Func<int, TimeSpan> dueAfter,
        CancellationToken cancellationToken)
    {
        var known = all.ToDictionary(endpoint => endpoint.Id, StringComparer.Ordinal);
        var notifications = new NotificationRecord[happened.EndpointIds.Count];

        await Parallel.ForEachAsync(
            happened.EndpointIds.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (one, token) =>
            {
                var endpoint = known.GetValueOrDefault(one.Item) ?? await endpoints.GetAsync(new EndpointKey(happened.Owner, happened.Tenant, one.Item), token);
                var dueAt = happened.DeliverAt > now ? happened.DeliverAt.Value : now + dueAfter(endpoint?.TimeoutSeconds ?? DeliveryTiming.DefaultTimeoutSeconds);
                var outcome = await store.InsertAsync(StateItem.New(happened, one.Item, endpoint, now, dueAt), token);
                notifications[one.Index] = outcome.Record!;
            });

        return notifications;
    }

    private DateTimeOffset ExpiresAt(DateTimeOffset? deliverAt, DateTimeOffset now) => RequestLife.From(deliverAt > now ? deliverAt.Value : now, options.Value);
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
