using System.Text.Json.Serialization;
using Waybill.Notifications.Records;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.StatusApi.Endpoints;

namespace Waybill.Notifications.StatusApi;

/// <summary>Accept: stores a new notification.</summary>
public sealed record AcceptRequest
{
    public required string Id { get; init; }
    public required string Owner { get; init; }
    public required NotificationRequest Request { get; init; }
    public required string Fingerprint { get; init; }
    public required int TimeoutSeconds { get; init; }
    public string? CorrelationId { get; init; }

    /// <summary>Seconds between attempts; null for the default.</summary>
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>Null for at once.</summary>
    public DateTimeOffset? DeliverAt { get; init; }

    public string? Traceparent { get; init; }
}

/// <param name="Version">The version whose send failed.</param>
/// <param name="Error">Why, for people; cut to 500 characters.</param>
/// <param name="RetryInSeconds">When the Dispatcher is to try again, from now.</param>
public sealed record RollBackRequest(
    [property: JsonRequired] int Version,
    [property: JsonRequired] string Error,
    [property: JsonRequired] double RetryInSeconds);

/// <param name="DueAt">The due time that the index says, which may lag.</param>
public sealed record DispatchRequest([property: JsonRequired] DateTimeOffset DueAt);

/// <param name="Worker">The worker's instance name, for people.</param>
/// <param name="Token">
/// The lease's token, random and new for each delivery of a message: asked again because the answer was lost, a claim is known by it.
/// Null: the status service makes one.
/// </param>
/// <param name="Target">Which event it delivers and to whom, as the message says: a hint that saves a read. Null: none, or it is not known.</param>
public sealed record ClaimRequest([property: JsonRequired] string Worker, string? Token = null, EventTarget? Target = null);

/// <summary>What an attempt of an event's notification needs to be read.</summary>
public sealed record EventTarget([property: JsonRequired] string EventId, [property: JsonRequired] EndpointKey Endpoint)
{
    /// <summary>Null of what was posted to a URL.</summary>
    public static EventTarget? Of(NotificationRecord record) =>
        record.Event is { } happened ? new EventTarget(happened.Id, new EndpointKey(record.Owner, happened.Tenant, happened.EndpointId)) : null;
}

/// <summary>What a worker needs for one attempt. The record's <see cref="NotificationRecord.Lease"/> is the worker's own.</summary>
/// <param name="Secrets">Of an event's endpoint, all that are valid now; null of what was posted to a URL, which is signed with its owner's.</param>
public sealed record ClaimResponse(
    [property: JsonRequired] NotificationRecord Record,
    [property: JsonRequired] NotificationRequest Request,
    IReadOnlyList<SealedSecret>? Secrets = null);

/// <param name="DueInSeconds">When the Dispatcher is to look again, from now.</param>
/// <param name="Reason">What it waits for, one of <see cref="WaitingReasons"/>; null from a worker that does not say.</param>
public sealed record ReleaseRequest(
    [property: JsonRequired] string LeaseToken,
    [property: JsonRequired] double DueInSeconds,
    string? Reason = null);

/// <param name="Epoch">The claimed record's epoch.</param>
/// <param name="RetryInSeconds">Set: the attempt is retried after that time. Null: the result is final.</param>
/// <param name="Url">That was called, of an event, for the history; null of what was posted to a URL.</param>
public sealed record ResultRequest(
    [property: JsonRequired] string LeaseToken,
    [property: JsonRequired] int Epoch,
    [property: JsonRequired] DeliveryResult Result,
    double? RetryInSeconds,
    string? Url = null);

/// <summary>Redelivers what had failed for good before a job began, and not since: then somebody else has had it, or the job itself.</summary>
public sealed record RedeliverByJobRequest([property: JsonRequired] string Job, [property: JsonRequired] DateTimeOffset JobCreatedAt);

/// <summary>A record that is due. The index may lag: the status service reads the record before it dispatches it.</summary>
public sealed record DueNotification([property: JsonRequired] string Id, [property: JsonRequired] DateTimeOffset DueAt);

/// <param name="Next">Where the next page starts, for the same question; null when this is the last, or from a release that has no pages.</param>
public sealed record DueResponse([property: JsonRequired] IReadOnlyList<DueNotification> Items, string? Next = null);
