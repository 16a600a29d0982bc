using System.Text.Json.Serialization;

namespace Waybill.Notifications.Records;

/// <summary>What happened once and was told to each endpoint that wanted to know, as the status service keeps it and the internal API passes it on: all but the body.</summary>
public sealed record EventRecord
{
    public required string Id { get; init; }
    public required string Owner { get; init; }

    /// <summary>The owner's own id for its customer.</summary>
    public required string Tenant { get; init; }

    public required string Type { get; init; }
    public string? CorrelationId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its client asked for it; null for at once.</summary>
    public DateTimeOffset? DeliverAt { get; init; }

    /// <summary>The endpoints that it matched when it was accepted: perhaps none.</summary>
    public required IReadOnlyList<string> EndpointIds { get; init; }

    /// <summary>Hash of the client's request, to tell a repeat from another request with the same key.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>W3C traceparent of the request that created it.</summary>
    public string? Traceparent { get; init; }

    /// <summary>Of its notifications, in the order of the endpoints.</summary>
    [JsonIgnore]
    public IEnumerable<string> NotificationIds => EndpointIds.Select(endpoint => NotificationId.OfEvent(Id, endpoint));
}
