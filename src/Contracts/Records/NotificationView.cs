using System.Text.Json.Serialization;

namespace Waybill.Notifications.Records;

/// <summary>What clients see of a notification.</summary>
public sealed record NotificationView
{
    public required string Id { get; init; }
    public required string Owner { get; init; }
    public required NotificationStatus Status { get; init; }
    public required string Url { get; init; }
    public required string Method { get; init; }
    public string? CorrelationId { get; init; }

    /// <summary>Of a notification that delivers an event: what receivers get as webhook-id.</summary>
    public string? EventId { get; init; }
    public string? EventType { get; init; }

    /// <summary>The owner's own id for its customer.</summary>
    public string? Tenant { get; init; }

    /// <summary>Whose URL, headers, schedule and secrets each attempt uses.</summary>
    public string? EndpointId { get; init; }
    public required int Attempts { get; init; }
    public required int MaxAttempts { get; init; }
    public required int Epoch { get; init; }
    public required int Version { get; init; }

    /// <summary>The bulk redelivery that redelivered it last.</summary>
    public string? RedeliveryJob { get; init; }

    /// <summary>Why nothing happens just now, and until when; on every notification that is not final.</summary>
    public NotificationWaiting? Waiting { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? QueuedAt { get; init; }
    public DateTimeOffset? LastDeliveryAttempt { get; init; }
    public required DateTimeOffset LastUpdatedAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? RedeliveredAt { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    public DateTimeOffset? DeliverAt { get; init; }
    public string? LastSendError { get; init; }

    /// <summary>True where its client asked to be told when it is delivered; else absent.</summary>
    public bool? Notify { get; init; }

    /// <summary>Trace of the request that created the notification: 32 hexadecimal digits.</summary>
    public string? TraceId { get; init; }

    public DeliveryResult? DeliveryResult { get; init; }
    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    /// <summary>How many attempts of a notification that was redelivered many times the history leaves out: their numbers are missing. Absent when it is whole.</summary>
    public int? HistoryOmitted { get; init; }

    /// <summary>Nothing will happen any more, unless somebody asks for a redelivery.</summary>
    [JsonIgnore]
    public bool IsFinal => Status.IsFinal(NextAttemptAt);
}
