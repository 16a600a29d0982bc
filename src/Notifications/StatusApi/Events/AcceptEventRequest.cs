namespace Waybill.Notifications.StatusApi.Events;

/// <summary>Stores an event, and a notification for each endpoint of its tenant that takes its type.</summary>
public sealed record AcceptEventRequest
{
    public required string Id { get; init; }
    public required string Owner { get; init; }

    /// <summary>The owner's own id for its customer.</summary>
    public required string Tenant { get; init; }

    public required string Type { get; init; }

    /// <summary>Null when there is no body.</summary>
    public string? ContentType { get; init; }

    /// <summary>Sent byte for byte to each endpoint; at most 256 KiB; null for none.</summary>
    public byte[]? Body { get; init; }

    public required string Fingerprint { get; init; }
    public string? CorrelationId { get; init; }

    /// <summary>Null for at once.</summary>
    public DateTimeOffset? DeliverAt { get; init; }

    public string? Traceparent { get; init; }

    /// <summary>For this one alone, whatever types it takes: a test. Null for all that take its type.</summary>
    public string? EndpointId { get; init; }
}
