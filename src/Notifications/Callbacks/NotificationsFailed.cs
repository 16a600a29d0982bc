using System.Text.Json.Serialization;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.Callbacks;

/// <summary>Notifications that have failed for good: of one endpoint, or of those that were posted to URLs, of one host.</summary>
/// <param name="Count">How many it stands for; each stands in one such event.</param>
/// <param name="EndpointId">Of events; absent of what was posted to a URL.</param>
/// <param name="Tenant">The owner's own id for the customer whose endpoint that is.</param>
/// <param name="Host">Of what was posted to URLs, with its port unless that is the scheme's own.</param>
/// <param name="Notifications">At most 100 of them, those that failed first; fewer where they would not fit into 256 KiB.</param>
public sealed record NotificationsFailed(
    [property: JsonRequired] int Count,
    [property: JsonRequired] IReadOnlyList<FailedNotification> Notifications,
    string? EndpointId = null,
    string? Tenant = null,
    string? Host = null)
{
    public const int MostListed = 100;

    /// <summary>A whole callback as JSON text, for descriptions.</summary>
    public const string Example = $$"""
        {
          "type": "waybill.notification.failed",
          "timestamp": "2026-11-21T20:17:08.104Z",
          "data": {
            "count": 1,
            "notifications": [
              {
                "id": "{{NotificationExample.Id}}",
                "eventId": "evt_01m7x9p2bd2cyevzwenvjnwmfr",
                "eventType": "order.paid",
                "correlationId": "order-4711",
                "url": "https://example.com/hooks/orders",
                "category": "CLIENT_ERROR",
                "statusCode": 404,
                "errorCode": "http_404",
                "attempts": 1,
                "createdAt": "2026-11-21T20:17:06.927Z",
                "failedAt": "2026-11-21T20:17:06.983Z",
                "statusUrl": "https://status.example.com/v1/notifications/{{NotificationExample.Id}}"
              }
            ],
            "endpointId": "ep_01m7x9p2bd2cyevzwenvjnwmfr",
            "tenant": "example-ltd"
          }
        }
        """;
}

/// <param name="EventId">Of an event's, which <paramref name="EventType"/> belongs to, too.</param>
/// <param name="Url">That the last attempt called, or would have.</param>
/// <param name="StatusCode">Of the last answer; absent where none came.</param>
/// <param name="Attempts">Calls that were made, or may have been, redeliveries included.</param>
/// <param name="StatusUrl">Where it is asked about; absent where Waybill is not set up to say it.</param>
public sealed record FailedNotification(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Url,
    [property: JsonRequired] DeliveryCategory Category,
    [property: JsonRequired] int Attempts,
    [property: JsonRequired] DateTimeOffset CreatedAt,
    [property: JsonRequired] DateTimeOffset FailedAt,
    string? EventId = null,
    string? EventType = null,
    string? CorrelationId = null,
    int? StatusCode = null,
    string? ErrorCode = null,
    string? StatusUrl = null)
{
    /// <param name="record">One that has failed for good.</param>
    public static FailedNotification Of(NotificationRecord record, string? statusUrl) => new(
        record.Id,
        record.Url,
        record.DeliveryResult?.Category ?? default,
        record.LastAttemptNumber,
        record.CreatedAt,
        record.LastUpdatedAt,
        record.Event?.Id,
        record.Event?.Type,
        record.CorrelationId,
        record.DeliveryResult?.StatusCode,
        record.DeliveryResult?.ErrorDetails?.Code,
        statusUrl);
}
