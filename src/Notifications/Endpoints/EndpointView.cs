using Waybill.Notifications.Records;

namespace Waybill.Notifications.Endpoints;

/// <summary>What clients see of an endpoint.</summary>
public record EndpointView
{
    public const string ExampleId = "ep_01m7x9p2bd2cyevzwenvjnwmfr";

    /// <summary>As JSON text.</summary>
    public const string Example = $$"""
        {
          "id": "{{ExampleId}}",
          "owner": "shop",
          "tenant": "example-ltd",
          "status": "ACTIVE",
          "version": 1,
          "url": "https://example.com/hooks/orders",
          "description": "Orders of Example Ltd",
          "types": ["order.*"],
          "headers": {},
          "timeoutSeconds": 15,
          "createdAt": "2026-11-20T20:17:06.927Z",
          "lastUpdatedAt": "2026-11-20T20:17:06.927Z"
        }
        """;

    /// <summary>As JSON text: the answer to who has created it or rotated the secret.</summary>
    public static string ExampleWithSecret { get; } = Example.Replace("\n}", ",\n  \"secret\": \"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD\"\n}", StringComparison.Ordinal);

    /// <summary>As JSON text.</summary>
    public static string ExamplePaused { get; } = WithState("PAUSED", """
          "pausedUntil": "2026-11-21T08:00:00Z",
          "since": "2026-11-20T21:04:12.310Z",
        """);

    /// <summary>As JSON text.</summary>
    public static string ExampleDisabled { get; } = WithState("DISABLED", """
          "reason": "BY_OWNER",
          "since": "2026-11-20T21:04:12.310Z",
          "lastSuccessAt": "2026-11-20T21:00:01.125Z",
        """);

    /// <summary>As JSON text: one that Waybill has disabled, with what it has seen.</summary>
    public static string ExampleFailing { get; } = WithState("DISABLED", """
          "reason": "FAILING",
          "since": "2026-11-25T20:17:06.927Z",
          "failingSince": "2026-11-20T20:17:06.927Z",
          "lastSuccessAt": "2026-11-20T19:58:40.002Z",
          "trouble": { "notificationId": "ntf_34gadpgg2nzw778crjdc8bxn0j", "category": "SERVER_ERROR", "at": "2026-11-20T20:17:06.927Z", "statusCode": 503 },
        """);

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

    private static string WithState(string status, string fields) => Example
        .Replace("\"ACTIVE\"", $"\"{status}\"", StringComparison.Ordinal)
        .Replace("\n  \"createdAt\"", $"\n{fields}\n  \"createdAt\"", StringComparison.Ordinal);

    public static EndpointView Of(EndpointRecord endpoint, DateTimeOffset now, string? secret = null) => Of(endpoint, endpoint.StatusAt(now), now, secret);

    private static EndpointView Of(EndpointRecord endpoint, EndpointStatus status, DateTimeOffset now, string? secret) => new()
    {
        Id = endpoint.Id,
        Owner = endpoint.Owner,
        Tenant = endpoint.Tenant,
        Status = status,
        Version = endpoint.Version,
        Url = endpoint.Url,
        Description = endpoint.Description,
        Types = endpoint.Types,
        Headers = SecretHeaders.Mask(endpoint.Headers),
        TimeoutSeconds = endpoint.TimeoutSeconds,
        RetrySchedule = endpoint.RetrySchedule,
        MaxPerSecond = endpoint.MaxPerSecond,
        PausedUntil = status == EndpointStatus.Paused ? endpoint.PausedUntil : null,
        Reason = status == EndpointStatus.Disabled ? endpoint.DisabledReason : null,
        Since = status == EndpointStatus.Paused || status == EndpointStatus.Disabled ? endpoint.StatusSince : null,
        FailingSince = endpoint.FailingSince,
        LastSuccessAt = endpoint.LastSuccessAt,
        Trouble = endpoint.Trouble,
        OldSecretUntil = endpoint.Secrets.Where(old => old.IsValidAt(now)).Max(old => old.Until),
        CreatedAt = endpoint.CreatedAt,
        LastUpdatedAt = endpoint.LastUpdatedAt,
        Secret = secret,
    };
}
