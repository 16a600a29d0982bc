using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;

namespace Waybill.IntakeService.Events;

/// <summary>The event is stored and will be delivered to each endpoint that it matched, perhaps to none.</summary>
internal sealed record EventResponse
{
    /// <summary>As JSON text.</summary>
    public const string Example = $$"""
        {
          "id": "evt_01m7x9p2bd2cyevzwenvjnwmfr",
          "type": "order.paid",
          "tenant": "example-ltd",
          "matched": 1,
          "notifications": [{ "id": "{{NotificationExample.Id}}", "endpointId": "{{EndpointExample.Id}}", "status": "QUEUED" }],
          "statusUrl": "https://status.example.com/v1/events/evt_01m7x9p2bd2cyevzwenvjnwmfr"
        }
        """;

    /// <summary>What receivers get as webhook-id.</summary>
    public required string Id { get; init; }

    public required string Type { get; init; }

    /// <summary>The owner's own id for its customer.</summary>
    public required string Tenant { get; init; }

    /// <summary>How many endpoints take it.</summary>
    public required int Matched { get; init; }

    public required IReadOnlyList<EventNotification> Notifications { get; init; }

    /// <summary>Where it can be read.</summary>
    public required string StatusUrl { get; init; }

    public static EventResponse Of(EventSubmissionOutcome.Accepted accepted, string statusUrl) => new()
    {
        Id = accepted.Id,
        Type = accepted.Event.Type,
        Tenant = accepted.Event.Tenant,
        Matched = accepted.Event.EndpointIds.Count,
        Notifications = [.. accepted.Event.EndpointIds.Zip(accepted.Notifications, (endpoint, record) => new EventNotification(record.Id, endpoint, record.Status))],
        StatusUrl = statusUrl,
    };
}

/// <param name="Status">As for a notification that is posted to a URL.</param>
internal sealed record EventNotification(string Id, string EndpointId, NotificationStatus Status);
