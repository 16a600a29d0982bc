namespace Waybill.Notifications.Transitions;

/// <summary>
/// What a transition may write besides status, version and lastUpdatedAt, which all of them write; a note, of those, the version alone.
/// Names are those of <see cref="Records.NotificationRecord"/>.
/// </summary>
public enum RecordField
{
    /// <summary>A new record with all that the client gave.</summary>
    WholeRecord,

    PreviousStatus,
    QueuedAt,
    LastSendError,
    DueAt,
    Lease,
    Claims,

    /// <summary>How often it was sent to the queue again since a worker took it last.</summary>
    Dispatches,

    /// <summary>URL, timeout and schedule, of an event: those of its endpoint as they are now.</summary>
    Target,

    /// <summary>Why it waits, where its state alone does not tell.</summary>
    Waiting,

    LastDeliveryAttempt,
    NextAttemptAt,
    Attempts,
    DeliveryResult,

    /// <summary>The attempts, and the number of the last one.</summary>
    History,
    DeliveredAt,
    Epoch,
    RedeliveredAt,

    /// <summary>Which bulk redelivery it was; a client's own redelivery leaves it as it is.</summary>
    RedeliveryJob,

    /// <summary>Where it is found among what has failed for good; gone once it is delivered again.</summary>
    Failure,

    /// <summary>When DynamoDB may remove the record; set once it is final.</summary>
    ExpiresAt,
}
