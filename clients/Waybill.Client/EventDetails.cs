using System.Text.Json.Serialization;
using Waybill.Notifications.Records;

namespace Waybill.Client;

/// <summary>An event: each endpoint that it matched when it was accepted, and where its notification is.</summary>
public sealed record EventDetails
{
    /// <summary>What receivers get as webhook-id.</summary>
    public required string Id { get; init; }

    public required string Owner { get; init; }

    public required string Type { get; init; }

    /// <summary>The owner's own id for its customer.</summary>
    public required string Tenant { get; init; }

    public string? CorrelationId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeliverAt { get; init; }

    /// <summary>How many endpoints took it.</summary>
    public required int Matched { get; init; }

    public required int PayloadBytes { get; init; }

    public required IReadOnlyList<EventNotification> Notifications { get; init; }

    /// <summary>Nothing will happen any more to any of its notifications, unless somebody asks for a redelivery.</summary>
    [JsonIgnore]
    public bool IsFinal => Notifications.All(one => one.Final != false);
}

/// <param name="Status">Null of one that is not kept any more, as is all that follows.</param>
/// <param name="Final">Whether nothing will happen any more.</param>
/// <param name="Url">That the last attempt called, or the next will.</param>
/// <param name="AttemptsMade">All of them, whatever came of them; a notification's attempts are those that failed.</param>
/// <param name="Waiting">Why nothing happens just now, and until when; on one that is not final.</param>
public sealed record EventNotification(
    string Id,
    string EndpointId,
    NotificationStatus? Status = null,
    bool? Final = null,
    string? Url = null,
    int? AttemptsMade = null,
    NotificationWaiting? Waiting = null);
