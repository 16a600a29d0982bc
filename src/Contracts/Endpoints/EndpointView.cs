namespace Waybill.Notifications.Endpoints;

/// <summary>What clients see of an endpoint.</summary>
public record EndpointView
{
    public required string Id { get; init; }
    public required string Owner { get; init; }

    /// <summary>The owner's own id for its customer.</summary>
    public required string Tenant { get; init; }

    public required EndpointStatus Status { get; init; }

    /// <summary>One more with every change; from 1. What If-Match compares.</summary>
    public required int Version { get; init; }

    public required string Url { get; init; }
    public string? Description { get; init; }

    /// <summary>Which events it gets.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>Sent with each call. A value that looks secret is <c>***</c>.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required int TimeoutSeconds { get; init; }

    /// <summary>Seconds between attempts; absent for the default.</summary>
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>Calls a second, at most, over all workers; absent for as many as it takes.</summary>
    public int? MaxPerSecond { get; init; }

    /// <summary>When its pause ends; absent of one that is not paused.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Why it is disabled: GONE, FAILING or BY_OWNER; absent of one that is not.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when it is paused or disabled; absent of one that is neither.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Since when no attempt has succeeded; absent where the last one did, or none was made.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When an attempt succeeded last; may be up to an hour behind.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>The attempt with which its trouble began, or that disabled it; absent of one without.</summary>
    public EndpointTrouble? Trouble { get; init; }

    /// <summary>When the secret before the newest ends; absent when there is one only.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>In the answer to who has created it or rotated the secret, and nowhere else.</summary>
    public string? Secret { get; init; }

    /// <summary>Nobody prints the secret by accident.</summary>
    public sealed override string ToString() => Id;
}
