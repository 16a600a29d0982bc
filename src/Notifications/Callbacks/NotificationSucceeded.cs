using System.Text.Json.Serialization;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.Callbacks;

/// <summary>A notification that was posted to a URL with <c>notify</c>, and was delivered.</summary>
public sealed record NotificationSucceeded([property: JsonRequired] SucceededNotification Notification)
{
    /// <summary>A whole callback as JSON text, for descriptions.</summary>
    public const string Example = $$"""
        {
          "type": "waybill.notification.succeeded",
          "timestamp": "2026-11-20T20:17:07.512Z",
          "data": {
            "notification": {
              "id": "{{NotificationExample.Id}}",
              "url": "https://example.com/hooks/orders",
              "attempts": 1,
              "createdAt": "2026-11-20T20:17:06.927Z",
              "deliveredAt": "2026-11-20T20:17:06.983Z",
              "correlationId": "order-4711",
              "statusCode": 200,
              "statusUrl": "https://status.example.com/v1/notifications/{{NotificationExample.Id}}"
            }
          }
        }
        """;
}

/// <param name="Attempts">Calls that were made, or may have been, redeliveries included.</param>
/// <param name="StatusUrl">Where it is asked about; absent where Waybill is not set up to say it.</param>
public sealed record SucceededNotification(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Url,
    [property: JsonRequired] int Attempts,
    [property: JsonRequired] DateTimeOffset CreatedAt,
    [property: JsonRequired] DateTimeOffset DeliveredAt,
    string? CorrelationId = null,
    int? StatusCode = null,
    string? StatusUrl = null)
{
    /// <param name="record">One that was delivered.</param>
    public static SucceededNotification Of(NotificationRecord record, string? statusUrl) => new(
        record.Id,
        record.Url,
        record.LastAttemptNumber,
        record.CreatedAt,
        record.DeliveredAt ?? record.LastUpdatedAt,
        record.CorrelationId,
        record.DeliveryResult?.StatusCode,
        statusUrl);
}
