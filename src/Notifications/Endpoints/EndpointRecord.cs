using System.Text.Json.Serialization;
using Waybill.Notifications.Sealing;

namespace Waybill.Notifications.Endpoints;

/// <summary>Where one customer of an owner gets events, as the status service keeps it and the internal API passes it on. <see cref="EndpointView"/> is what clients see.</summary>
public sealed record EndpointRecord
{
    public required string Id { get; init; }
    public required string Owner { get; init; }

    /// <summary>The owner's own id for its customer.</summary>
    public required string Tenant { get; init; }

    public required EndpointStatus Status { get; init; }

    /// <summary>One more with every change; from 1.</summary>
    public required int Version { get; init; }

    public required string Url { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>Patterns of the types it gets (<see cref="EventTypes"/>).</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>Sent with each call, in the client's order.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Seconds for one whole attempt, 1–30.</summary>
    public required int TimeoutSeconds { get; init; }

    /// <summary>Seconds between attempts; null for <see cref="Delivery.RetrySchedule.Default"/>.</summary>
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>Calls a second, at most, over all workers, 1–1,000; null for as many as it takes.</summary>
    public int? MaxPerSecond { get; init; }

    /// <summary>When its pause ends, or has ended; null of one that is not paused.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>One of <see cref="DisableReasons"/>, or another release's; null of one that is not disabled.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>Since when it is paused or disabled.</summary>
    public DateTimeOffset? StatusSince { get; init; }

    /// <summary>Since when no attempt has succeeded; null where the last one did, or none was made.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When an attempt succeeded last; at most an hour older than it was.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>With which attempt its trouble began; null of one without.</summary>
    public EndpointTrouble? Trouble { get; init; }

    /// <summary>When its owner was told that it fails or is disabled; null once it has answered 2xx since.</summary>
    public DateTimeOffset? WarnedAt { get; init; }

    /// <summary>The one notification that is delivered although it is disabled; null for none.</summary>
    public string? Probe { get; init; }

    /// <summary>What is still to be done about its changes.</summary>
    public IReadOnlyList<OwedNews> Owed { get; init; } = [];

    /// <summary>When it is to be looked at; null of one that is well.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The newest first; those before it end at their time.</summary>
    public required IReadOnlyList<EndpointSecret> Secrets { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>Hash of the request that created it, to tell a repeat from another request with the same key.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Of its last write, for who decides on what was read.</summary>
    [JsonIgnore]
    public string? WriteToken { get; init; }

    [JsonIgnore]
    public bool IsDeleted => Status == EndpointStatus.Deleted;

    /// <summary>A pause whose time is over is none.</summary>
    public EndpointStatus StatusAt(DateTimeOffset now) => Status == EndpointStatus.Paused && PausedUntil <= now ? EndpointStatus.Active : Status;

    /// <summary>Whether an event of a type is for it: also when it is paused or disabled, as that is on record then.</summary>
    public bool Takes(string type) => !IsDeleted && Types.Any(pattern => EventTypes.Matches(pattern, type));
}

/// <param name="Until">When it ends; null for the newest.</param>
public sealed record EndpointSecret([property: JsonRequired] SealedSecret Sealed, [property: JsonRequired] DateTimeOffset CreatedAt, DateTimeOffset? Until = null)
{
    public bool IsValidAt(DateTimeOffset time) => Until is null || time < Until;
}
