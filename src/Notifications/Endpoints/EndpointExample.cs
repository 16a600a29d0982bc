namespace Waybill.Notifications.Endpoints;

/// <summary>Endpoints as JSON text, for descriptions of interfaces; a test holds them to <see cref="EndpointView"/>.</summary>
public static class EndpointExample
{
    public const string Id = "ep_01m7x9p2bd2cyevzwenvjnwmfr";

    /// <summary>As JSON text.</summary>
    public const string View = $$"""
        {
          "id": "{{Id}}",
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
    public static string WithSecret { get; } = View.Replace("\n}", ",\n  \"secret\": \"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD\"\n}", StringComparison.Ordinal);

    /// <summary>As JSON text.</summary>
    public static string Paused { get; } = WithState("PAUSED", """
          "pausedUntil": "2026-11-21T08:00:00Z",
          "since": "2026-11-20T21:04:12.310Z",
        """);

    /// <summary>As JSON text.</summary>
    public static string Disabled { get; } = WithState("DISABLED", """
          "reason": "BY_OWNER",
          "since": "2026-11-20T21:04:12.310Z",
          "lastSuccessAt": "2026-11-20T21:00:01.125Z",
        """);

    /// <summary>As JSON text: one that Waybill has disabled, with what it has seen.</summary>
    public static string Failing { get; } = WithState("DISABLED", """
          "reason": "FAILING",
          "since": "2026-11-25T20:17:06.927Z",
          "failingSince": "2026-11-20T20:17:06.927Z",
          "lastSuccessAt": "2026-11-20T19:58:40.002Z",
          "trouble": { "notificationId": "ntf_34gadpgg2nzw778crjdc8bxn0j", "category": "SERVER_ERROR", "at": "2026-11-20T20:17:06.927Z", "statusCode": 503 },
        """);

    private static string WithState(string status, string fields) => View
        .Replace("\"ACTIVE\"", $"\"{status}\"", StringComparison.Ordinal)
        .Replace("\n  \"createdAt\"", $"\n{fields}\n  \"createdAt\"", StringComparison.Ordinal);
}
