namespace Waybill.Notifications.Transitions;

/// <summary>
/// The states a transition may start from: the five statuses of this release, told apart further where a record's
/// own fields decide. The store turns each into one DynamoDB condition.
/// </summary>
public enum FromState
{
    /// <summary>No record with that id.</summary>
    Absent,

    Pending,

    Queued,

    /// <summary>A worker is at it, or was.</summary>
    Processing,

    /// <summary>PROCESSING whose lease has ended.</summary>
    LeaseExpired,

    /// <summary>FAILED with a next attempt time.</summary>
    AwaitingRetry,

    /// <summary>FAILED with a next attempt time that has come.</summary>
    RetryDue,

    /// <summary>FAILED without a next attempt time.</summary>
    FailedFinal,

    Success,
}
