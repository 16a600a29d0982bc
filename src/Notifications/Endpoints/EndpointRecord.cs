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

    /// <summary>The newest first; those before it end at their time.</summary>
    public required IReadOnlyList<EndpointSecret> Secrets { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>Hash of the request that created it, to tell a repeat from another request with the same key.</summary>
    public required string Fingerprint { get; init; }

    [JsonIgnore]
    public bool IsDeleted => Status == EndpointStatus.Deleted;

    /// <summary>Whether it gets events of a type.</summary>
    public bool Takes(string type) => Status == EndpointStatus.Active && Types.Any(pattern => EventTypes.Matches(pattern, type));
}

/// <param name="Until">When it ends; null for the newest.</param>
public sealed record EndpointSecret([property: JsonRequired] SealedSecret Sealed, [property: JsonRequired] DateTimeOffset CreatedAt, DateTimeOffset? Until = null)
{
    public bool IsValidAt(DateTimeOffset time) => Until is null || time < Until;
}
