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

    /// <summary>When DynamoDB may remove it; set once it is deleted.</summary>
    ExpiresAt,
}
