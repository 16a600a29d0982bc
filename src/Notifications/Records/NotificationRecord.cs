namespace Waybill.Notifications.Records;

/// <summary>
/// The mutable record of one notification, as the status service keeps it and the internal API passes it on.
/// <see cref="NotificationView"/> is what clients see of it.
/// </summary>
public sealed record NotificationRecord
{
    public required string Id { get; init; }
    public required string Owner { get; init; }
    public required NotificationStatus Status { get; init; }

    /// <summary>Where a roll back of the last dispatch leads; null before the first dispatch by the Dispatcher.</summary>
    public NotificationStatus? PreviousStatus { get; init; }

    /// <summary>One more with every transition that applied; from 1.</summary>
    public required int Version { get; init; }

    /// <summary>0 at first, one more for each redelivery.</summary>
    public required int Epoch { get; init; }

    /// <summary>The bulk redelivery that redelivered it last; null when none has.</summary>
    public string? RedeliveryJob { get; init; }

    public string? CorrelationId { get; init; }
    public required string Url { get; init; }
    public required string Method { get; init; }

    /// <summary>Seconds for one whole attempt, 1–30.</summary>
    public required int TimeoutSeconds { get; init; }

    /// <summary>Seconds between attempts; null for <see cref="Delivery.RetrySchedule.Default"/>.</summary>
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>Failed attempts in this epoch that were retry-eligible.</summary>
    public required int Attempts { get; init; }

    /// <summary>How many attempts there may be in one epoch; 1–21.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>How often a worker took it in this epoch, whether or not an attempt was recorded.</summary>
    public required int Claims { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>When it was last redelivered; null when it never was.</summary>
    public DateTimeOffset? RedeliveredAt { get; init; }

    /// <summary>When the last attempt was claimed.</summary>
    public DateTimeOffset? LastDeliveryAttempt { get; init; }

    public required DateTimeOffset LastUpdatedAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When the retry is due; only while it waits for one.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When the client asked for it; null for at once.</summary>
    public DateTimeOffset? DeliverAt { get; init; }

    /// <summary>The moment at which, if nothing else has happened by then, the Dispatcher must look again. Set on every record that is not final.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The open attempt's lease; also left by a worker that never reported.</summary>
    public Lease? Lease { get; init; }

    /// <summary>Why the last send to the queue failed.</summary>
    public string? LastSendError { get; init; }

    public DeliveryResult? DeliveryResult { get; init; }
    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    /// <summary>Hash of the client's request, to tell a repeat from another request with the same key.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>W3C traceparent of the request that created it.</summary>
    public string? Traceparent { get; init; }

    public bool IsFinal => Status == NotificationStatus.Success || (Status == NotificationStatus.Failed && NextAttemptAt is null);

    /// <summary>The number the next attempt gets: abandoned attempts count, released claims do not.</summary>
    public int NextAttemptNumber => History.Count + 1;
}
