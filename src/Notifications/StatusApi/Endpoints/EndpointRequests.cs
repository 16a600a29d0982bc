using System.Text.Json.Serialization;
using Waybill.Notifications.Endpoints;

namespace Waybill.Notifications.StatusApi.Endpoints;

/// <summary>Which endpoint.</summary>
/// <param name="Tenant">The owner's own id for its customer.</param>
public sealed record EndpointKey(
    [property: JsonRequired] string Owner,
    [property: JsonRequired] string Tenant,
    [property: JsonRequired] string Id);

public sealed record CreateEndpointRequest
{
    public required EndpointKey Key { get; init; }
    public required string Url { get; init; }
    public string? Description { get; init; }
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>In the client's order; names are unique without regard to case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required int TimeoutSeconds { get; init; }

    /// <summary>Seconds between attempts; null for the default.</summary>
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>Calls a second, at most, over all workers; null for as many as it takes.</summary>
    public int? MaxPerSecond { get; init; }

    /// <summary>Paused from the beginning, until then; null for not.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    public required string Fingerprint { get; init; }
}

/// <summary>What is null stays as it is.</summary>
public sealed record ChangeEndpointRequest
{
    public required EndpointKey Key { get; init; }

    /// <summary>The version that was read; null: whatever it is.</summary>
    public int? Version { get; init; }

    public string? Url { get; init; }

    /// <summary>Empty for none.</summary>
    public string? Description { get; init; }

    public IReadOnlyList<string>? Types { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public int? TimeoutSeconds { get; init; }

    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>Back to the default, instead of <see cref="RetrySchedule"/>.</summary>
    public bool DefaultSchedule { get; init; }

    public int? MaxPerSecond { get; init; }

    /// <summary>Back to no bound, instead of <see cref="MaxPerSecond"/>.</summary>
    public bool NoMaxPerSecond { get; init; }
}

/// <param name="Version">The version that was read; null: whatever it is.</param>
/// <param name="KeepOldUntil">How long the one before is valid, too; null: not from now on.</param>
public sealed record RotateSecretRequest([property: JsonRequired] EndpointKey Key, int? Version = null, DateTimeOffset? KeepOldUntil = null);

/// <summary>Pause, resume, enable or disable.</summary>
/// <param name="Version">The version that was read; null: whatever it is.</param>
/// <param name="Until">Of a pause, when it ends.</param>
public sealed record EndpointStateRequest([property: JsonRequired] EndpointKey Key, int? Version = null, DateTimeOffset? Until = null);

/// <param name="Version">The version that was read; null: whatever it is.</param>
public sealed record DeleteEndpointRequest([property: JsonRequired] EndpointKey Key, int? Version = null);

/// <param name="Endpoint">As it is now; null where it was not made.</param>
/// <param name="Secret">In plain text, only in the answer to who has created it or rotated the secret.</param>
/// <param name="Refusal">One of <see cref="EndpointRefusals"/>; null where the record tells why nothing was written.</param>
public sealed record EndpointAnswer(EndpointRecord? Endpoint, string? Secret = null, string? Refusal = null)
{
    /// <summary>Nobody prints it by accident.</summary>
    public override string ToString() => Endpoint?.Id ?? "";
}

/// <summary>Why nothing was written, where the endpoint does not tell. Texts and no enumeration: another release may have others.</summary>
public static class EndpointRefusals
{
    /// <summary>The tenant has no room for one more.</summary>
    public const string Limit = "LIMIT";

    /// <summary>No key is configured to seal secrets with.</summary>
    public const string NotSetUp = "NOT_SET_UP";

    /// <summary>As many secrets are valid as there may be.</summary>
    public const string TooManySecrets = "TOO_MANY_SECRETS";
}

/// <param name="Applied">True: it was written, and the endpoint shows it.</param>
/// <param name="Answer">Null when there is no such endpoint.</param>
public sealed record EndpointOutcome(bool Applied, EndpointAnswer? Answer)
{
    public EndpointRecord? Endpoint => Answer?.Endpoint;
}
