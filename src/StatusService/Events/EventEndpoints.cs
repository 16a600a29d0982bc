using System.Security.Claims;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Problems;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Events;

/// <summary>Tells of events: each endpoint that one matched, and where its notification is.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this WebApplication app) =>
        app.MapGroup("/v1/events/{id}")
            .RequireClientKey()
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<RecordTroubleFilter>()
            .WithTags("Events")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .MapGet("", Get)
            .WithName("GetEvent")
            .WithSummary("An event: each endpoint that it matched, and where its notification is.")
            .Produces<EventView>()
            .WithResponseExample(StatusCodes.Status200OK, EventView.Example);

    private static async Task<IResult> Get(string id, ClaimsPrincipal caller, EventStore events, NotificationStore store, CancellationToken cancellationToken)
    {
        if (!EventIds.IsValid(id) || await events.GetAsync(id, cancellationToken) is not { } item)
        {
            return NotFound();
        }

        var happened = RecordTrouble.Read(item, EventItem.Read, item.Text(StoredNames.Owner));

        if (!caller.MaySee(happened.Owner))
        {
            return NotFound();
        }

        var read = await store.GetManyAsync(happened.NotificationIds, cancellationToken);
        return TypedResults.Ok(EventView.Of(happened, RequestItem.ReadBody(item)?.Length ?? 0, read.Records));
    }

    private static IResult NotFound() => Problem.Create(StatusCodes.Status404NotFound, "not-found", "There is no such event.");
}

/// <summary>What clients see of an event.</summary>
internal sealed record EventView
{
    /// <summary>As JSON text.</summary>
    public const string Example = $$"""
        {
          "id": "evt_01m7x9p2bd2cyevzwenvjnwmfr",
          "owner": "shop",
          "type": "order.paid",
          "tenant": "example-ltd",
          "correlationId": "order-4711",
          "createdAt": "2026-11-20T20:17:06.927Z",
          "matched": 1,
          "payloadBytes": 41,
          "notifications": [{ "id": "{{NotificationExample.Id}}", "endpointId": "{{EndpointExample.Id}}", "status": "SUCCESS", "final": true, "url": "https://example.com/hooks/orders", "attemptsMade": 1 }]
        }
        """;

    public required string Id { get; init; }
    public required string Owner { get; init; }
    public required string Type { get; init; }

    /// <summary>The owner's own id for its customer.</summary>
    public required string Tenant { get; init; }

    public string? CorrelationId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DeliverAt { get; init; }

    /// <summary>How many endpoints took it when it was accepted.</summary>
    public required int Matched { get; init; }

    public required int PayloadBytes { get; init; }

    public required IReadOnlyList<EventNotificationView> Notifications { get; init; }

    /// <param name="records">Those that there are, by id: one is missing when its time to keep is over.</param>
    public static EventView Of(EventRecord happened, int payloadBytes, IReadOnlyDictionary<string, NotificationRecord> records) => new()
    {
        Id = happened.Id,
        Owner = happened.Owner,
        Type = happened.Type,
        Tenant = happened.Tenant,
        CorrelationId = happened.CorrelationId,
        CreatedAt = happened.CreatedAt,
        DeliverAt = happened.DeliverAt,
        Matched = happened.EndpointIds.Count,
        PayloadBytes = payloadBytes,
        Notifications = [.. happened.EndpointIds.Select(endpoint => EventNotificationView.Of(happened.Id, endpoint, records))],
    };
}

/// <param name="Status">Absent of one that is not kept any more.</param>
/// <param name="Final">Whether nothing will happen any more.</param>
/// <param name="Url">That the last attempt called, or the next will.</param>
/// <param name="AttemptsMade">All of them, whatever came of them; a notification's attempts are those that failed.</param>
internal sealed record EventNotificationView(string Id, string EndpointId, NotificationStatus? Status = null, bool? Final = null, string? Url = null, int? AttemptsMade = null, NotificationWaiting? Waiting = null)
{
    public static EventNotificationView Of(string eventId, string endpointId, IReadOnlyDictionary<string, NotificationRecord> records)
    {
        var id = NotificationId.OfEvent(eventId, endpointId);

        return records.GetValueOrDefault(id) is { } record
            ? new EventNotificationView(id, endpointId, record.Status, record.IsFinal, record.Url, record.LastAttemptNumber, NotificationWaiting.Of(record))
            : new EventNotificationView(id, endpointId);
    }
}
