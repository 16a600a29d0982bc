namespace Waybill.Notifications.Endpoints;

/// <summary>
/// What a transition of an endpoint may write besides status, version and lastUpdatedAt, which all of them write.
/// Names are those of <see cref="EndpointRecord"/>.
/// </summary>
public enum EndpointField
{
    /// <summary>A new endpoint with all that the client gave.</summary>
    WholeRecord,

    Url,
    Description,
    Types,
    Headers,
    TimeoutSeconds,
    RetrySchedule,
    Secrets,

    /// <summary>Calls a second, at most.</summary>
    MaxPerSecond,

    /// <summary>Until when it is paused.</summary>
    PausedUntil,

    DisabledReason,

    /// <summary>Since when it is paused or disabled.</summary>
    StatusSince,

    /// <summary>Since when every attempt fails, and the first of them.</summary>
    FailingSince,

    LastSuccessAt,

    /// <summary>That its owner was told of its trouble, and not yet of its end.</summary>
    WarnedAt,

    /// <summary>The one notification that is delivered although it is disabled.</summary>
    Probe,

    /// <summary>What is still to be done about its changes.</summary>
    Owed,

    /// <summary>When it is to be looked at.</summary>
    DueAt,

    /// <summary>When DynamoDB may remove it; set once it is deleted.</summary>
    ExpiresAt,
}
