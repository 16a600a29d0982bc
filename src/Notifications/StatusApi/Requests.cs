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

    /// <summary>Whether its owner is to be told when it is delivered.</summary>
    public bool Notify { get; init; }
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
/// <param name="Endpoint">What was known of an event's endpoint: the worker gives it back with the result. Null of what was posted to a URL.</param>
/// <param name="Secrets">Of an event's endpoint, all that are valid now; null of what was posted to a URL, which is signed with its owner's.</param>
/// <param name="Pace">Of an event's endpoint that has a rate of its own; null of any other.</param>
public sealed record ClaimResponse(
    [property: JsonRequired] NotificationRecord Record,
    [property: JsonRequired] NotificationRequest Request,
    IReadOnlyList<SealedSecret>? Secrets = null,
    EndpointSeen? Endpoint = null,
    EndpointPace? Pace = null);

/// <summary>How often an endpoint may be called by all workers together, and what one of them needs to know to keep to its part of it.</summary>
/// <param name="MaxPerSecond">Calls, 1–1,000.</param>
/// <param name="Now">By the status service's clock, which all workers go by.</param>
/// <param name="Workers">How many have claimed lately, the one that asks included.</param>
/// <param name="Rank">Its place among them, from 0.</param>
public sealed record EndpointPace(
    [property: JsonRequired] int MaxPerSecond,
    [property: JsonRequired] DateTimeOffset Now,
    [property: JsonRequired] int Workers,
    [property: JsonRequired] int Rank);

/// <summary>Asks for calls to an endpoint with a rate of its own, beyond those that a worker may make unasked.</summary>
/// <param name="Second">In which they are made, since 1970.</param>
/// <param name="Count">How many, 1–1,000.</param>
public sealed record TicketsRequest([property: JsonRequired] long Second, [property: JsonRequired] int Count);

/// <param name="First">The number of the first ticket among those of that second, from 0; the others follow it. What lies beyond the second's last is void.</param>
public sealed record TicketsResponse([property: JsonRequired] int First);

/// <summary>
/// What a claim saw of an endpoint. Given back with the result, it tells without a read whether that changes anything about the endpoint: for one that is well and stays so nothing is written.
/// </summary>
/// <param name="Disabled">The attempt is a probe of one that is disabled, or a test.</param>
/// <param name="Warned">Its owner was told of its trouble, and not yet of its end.</param>
public sealed record EndpointSeen(
    [property: JsonRequired] EndpointKey Key,
    DateTimeOffset? FailingSince = null,
    DateTimeOffset? LastSuccessAt = null,
    bool Disabled = false,
    bool Warned = false);

/// <param name="DueInSeconds">When the Dispatcher is to look again, from now.</param>
/// <param name="Reason">What it waits for, one of <see cref="WaitingReasons"/>; null from a worker that does not say.</param>
public sealed record ReleaseRequest(
    [property: JsonRequired] string LeaseToken,
    [property: JsonRequired] double DueInSeconds,
    string? Reason = null);

/// <param name="Epoch">The claimed record's epoch.</param>
/// <param name="RetryInSeconds">Set: the attempt is retried after that time. Null: the result is final.</param>
/// <param name="Endpoint">As the claim said it; null of what was posted to a URL, and from a worker that does not say.</param>
/// <param name="Notify">As the claimed record says it.</param>
/// <param name="Url">That was called, of an event, for the history; null of what was posted to a URL.</param>
public sealed record ResultRequest(
    [property: JsonRequired] string LeaseToken,
    [property: JsonRequired] int Epoch,
    [property: JsonRequired] DeliveryResult Result,
    double? RetryInSeconds,
    string? Url = null,
    EndpointSeen? Endpoint = null,
    bool Notify = false);

/// <summary>Redelivers what had failed for good before a job began, and not since: then somebody else has had it, or the job itself.</summary>
/// <param name="Held">Instead makes due what is held while its endpoint is paused.</param>
public sealed record RedeliverByJobRequest([property: JsonRequired] string Job, [property: JsonRequired] DateTimeOffset JobCreatedAt, bool Held = false);

/// <summary>A record that is due. The index may lag: the status service reads the record before it dispatches it.</summary>
public sealed record DueNotification([property: JsonRequired] string Id, [property: JsonRequired] DateTimeOffset DueAt);

/// <param name="Next">Where the next page starts, for the same question; null when this is the last, or from a release that has no pages.</param>
public sealed record DueResponse([property: JsonRequired] IReadOnlyList<DueNotification> Items, string? Next = null);

/// <summary>What one look at what Waybill has to tell and to look after has done.</summary>
/// <param name="Done">Of notifications and endpoints.</param>
/// <param name="More">More of it is due already.</param>
public sealed record UpkeepResponse([property: JsonRequired] int Done, [property: JsonRequired] bool More);
