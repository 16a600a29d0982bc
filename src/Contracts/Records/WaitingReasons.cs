namespace Waybill.Notifications.Records;

/// <summary>
/// What a notification that is not final may wait for, as it is stored and published. Texts and no enumeration: a reason that another
/// release has stored is passed on as it is.
/// </summary>
public static class WaitingReasons
{
    /// <summary>Its client asked for a later time.</summary>
    public const string Scheduled = "SCHEDULED";

    /// <summary>It is in the queue, or on its way there.</summary>
    public const string Queued = "QUEUED";

    /// <summary>A worker has it: an attempt is under way, or waits for its turn there, until the lease ends.</summary>
    public const string Attempt = "ATTEMPT";

    /// <summary>Its last attempt failed, and the next has its time.</summary>
    public const string Retry = "RETRY";

    /// <summary>The queue did not take it.</summary>
    public const string QueueDown = "QUEUE_DOWN";

    /// <summary>As many calls to its host are under way as there may be.</summary>
    public const string HostBusy = "HOST_BUSY";

    /// <summary>Its host takes no more calls a second.</summary>
    public const string HostPaced = "HOST_PACED";

    /// <summary>Its host does not answer, or answers with failures, and is only probed.</summary>
    public const string HostFailing = "HOST_FAILING";

    /// <summary>Its endpoint is paused.</summary>
    public const string EndpointPaused = "ENDPOINT_PAUSED";

    /// <summary>Its host asked to be left alone for a time (<c>Retry-After</c>).</summary>
    public const string RetryAfter = "RETRY_AFTER";
}
