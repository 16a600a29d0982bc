using System.Text.Json.Serialization;
using Waybill.Notifications.Endpoints;

namespace Waybill.Notifications.Callbacks;

/// <summary>The endpoint that a callback is about.</summary>
/// <param name="Tenant">The owner's own id for its customer.</param>
public sealed record CallbackEndpoint(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Tenant,
    [property: JsonRequired] string Url,
    string? Description = null)
{
    public static CallbackEndpoint Of(EndpointRecord endpoint) => new(endpoint.Id, endpoint.Tenant, endpoint.Url, endpoint.Description);

    /// <summary>As JSON text.</summary>
    internal const string Example = $$"""
        { "id": "ep_01m7x9p2bd2cyevzwenvjnwmfr", "tenant": "example-ltd", "url": "https://example.com/hooks/orders", "description": "Orders" }
        """;
}

/// <summary>All attempts at an endpoint have failed for half of the time after which it is disabled.</summary>
/// <param name="FailingSince">With the first of them.</param>
/// <param name="DisabledAfter">When it is disabled, unless an attempt succeeds before.</param>
/// <param name="Trouble">The attempt with which it began.</param>
public sealed record EndpointFailing(
    [property: JsonRequired] CallbackEndpoint Endpoint,
    [property: JsonRequired] DateTimeOffset FailingSince,
    DateTimeOffset? DisabledAfter = null,
    EndpointTrouble? Trouble = null)
{
    /// <summary>A whole callback as JSON text, for descriptions.</summary>
    public const string Example = $$"""
        {
          "type": "waybill.endpoint.failing",
          "timestamp": "2026-11-23T08:17:07.210Z",
          "data": {
            "endpoint": {{CallbackEndpoint.Example}},
            "failingSince": "2026-11-20T20:17:06.983Z",
            "disabledAfter": "2026-11-25T20:17:06.983Z",
            "trouble": { "notificationId": "{{Records.NotificationExample.Id}}", "category": "SERVER_ERROR", "at": "2026-11-20T20:17:06.983Z", "statusCode": 503 }
          }
        }
        """;
}

/// <summary>An endpoint was disabled: what is for it is recorded as failed from now on.</summary>
/// <param name="Reason">One of <see cref="DisableReasons"/>, or a later release's.</param>
/// <param name="FailingSince">Since when no attempt had succeeded, if so.</param>
public sealed record EndpointDisabled(
    [property: JsonRequired] CallbackEndpoint Endpoint,
    [property: JsonRequired] string Reason,
    [property: JsonRequired] DateTimeOffset Since,
    DateTimeOffset? FailingSince = null)
{
    /// <summary>A whole callback as JSON text, for descriptions.</summary>
    public const string Example = $$"""
        {
          "type": "waybill.endpoint.disabled",
          "timestamp": "2026-11-25T20:17:08.004Z",
          "data": {
            "endpoint": {{CallbackEndpoint.Example}},
            "reason": "FAILING",
            "since": "2026-11-25T20:17:07.310Z",
            "failingSince": "2026-11-20T20:17:06.983Z"
          }
        }
        """;
}

/// <summary>An endpoint that was told to fail, or to be disabled, has answered 2xx.</summary>
/// <param name="FailingSince">Until then.</param>
public sealed record EndpointRecovered(
    [property: JsonRequired] CallbackEndpoint Endpoint,
    [property: JsonRequired] DateTimeOffset At,
    DateTimeOffset? FailingSince = null)
{
    /// <summary>A whole callback as JSON text, for descriptions.</summary>
    public const string Example = $$"""
        {
          "type": "waybill.endpoint.recovered",
          "timestamp": "2026-11-26T09:02:11.905Z",
          "data": {
            "endpoint": {{CallbackEndpoint.Example}},
            "at": "2026-11-26T09:02:11.377Z",
            "failingSince": "2026-11-20T20:17:06.983Z"
          }
        }
        """;
}
