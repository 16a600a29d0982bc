using System.Text.Json.Serialization;

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

    /// <summary>How often it was sent to the queue again since a worker took it last.</summary>
    public int Dispatches { get; init; }

    /// <summary>
    /// What it waits for, one of <see cref="WaitingReasons"/> or another release's, as its last release or roll back said; null where its
    /// state tells. <see cref="NotificationWaiting"/> is what clients see.
    /// </summary>
    public string? WaitingReason { get; init; }

    /// <summary>Whether its client asked for <see cref="Endpoints.CallbackTypes.NotificationSucceeded"/>.</summary>
    public bool Notify { get; init; }

    /// <summary>The event that it delivers to one endpoint; null for one that was posted to a URL. Then URL, timeout and schedule are the endpoint's as they were at the last claim.</summary>
    public EventReference? Event { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>When the last call was made, or may have been made: the start of a lease that was lost.</summary>
    public DateTimeOffset? LastDeliveryAttempt { get; init; }

    public required DateTimeOffset LastUpdatedAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When its last redelivery was asked for.</summary>
    public DateTimeOffset? RedeliveredAt { get; init; }

    /// <summary>When the retry is due; only while it waits for one.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When the client asked for it; null for at once.</summary>
    public DateTimeOffset? DeliverAt { get; init; }

    /// <summary>The moment at which, if nothing else has happened by then, the Dispatcher must look again. Set on every record that is not final, and on a final one that its owner is still to be told of.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The open attempt's lease; also left by a worker that never reported.</summary>
    public Lease? Lease { get; init; }

    /// <summary>Why the last send to the queue failed.</summary>
    public string? LastSendError { get; init; }

    public DeliveryResult? DeliveryResult { get; init; }
    /// <summary>The attempts, by number. Of many redeliveries those in the middle are left out, see <see cref="HistoryOmitted"/>.</summary>
    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    /// <summary>The number of the last attempt as it is stored; 0 from a release that counted the history. <see cref="LastAttemptNumber"/> is right for both.</summary>
    public int LastAttempt { get; init; }

    /// <summary>Hash of the client's request, to tell a repeat from another request with the same key.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>W3C traceparent of the request that created it.</summary>
    public string? Traceparent { get; init; }

    public bool IsFinal => Status.IsFinal(NextAttemptAt);

    /// <summary>What receivers know it by: the same for all attempts, and for all endpoints of an event.</summary>
    [JsonIgnore]
    public string WebhookId => Event?.Id ?? Id;

    /// <summary>When the attempts of this epoch were to begin.</summary>
    [JsonIgnore]
    public DateTimeOffset PlannedStart => RedeliveredAt ?? DeliverAt ?? CreatedAt;

    /// <summary>The number of the last attempt, 0 for none: abandoned attempts count, released claims do not.</summary>
    [JsonIgnore]
    public int LastAttemptNumber => Math.Max(LastAttempt, History.Count == 0 ? 0 : History.Max(entry => entry.Number));

    /// <summary>The number the next attempt gets.</summary>
    public int NextAttemptNumber => LastAttemptNumber + 1;

    /// <summary>How many attempts the history no longer shows.</summary>
    [JsonIgnore]
    public int HistoryOmitted => Math.Max(0, LastAttemptNumber - History.Count);

    /// <summary>
    /// Not stored: in the answer to a redelivery that was refused because there is no request any more. Otherwise null, and left out.
    /// </summary>
    public bool? RequestIsGone { get; init; }
}
