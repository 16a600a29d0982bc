namespace Waybill.Notifications.Records;

/// <summary>A delivered notification as JSON text, for descriptions of interfaces; a test holds it to <see cref="NotificationView"/>.</summary>
public static class NotificationExample
{
    public const string Id = "ntf_01m7x9p2bd2cyevzwenvjnwmfr";

    public const string Attempt = """
        {
          "number": 1,
          "epoch": 0,
          "startedAt": "2026-11-20T20:17:06.975Z",
          "responseTime": 5.8,
          "statusCode": 200,
          "category": "SUCCESS",
          "traceId": "e04c104b17d4ae21e7ff6b667819873d"
        }
        """;

    public const string View = $$"""
        {
          "id": "{{Id}}",
          "owner": "shop",
          "status": "SUCCESS",
          "url": "https://example.com/hooks/orders",
          "method": "POST",
          "correlationId": "order-4711",
          "attempts": 0,
          "maxAttempts": 10,
          "epoch": 0,
          "version": 4,
          "createdAt": "2026-11-20T20:17:06.927Z",
          "queuedAt": "2026-11-20T20:17:06.949Z",
          "lastDeliveryAttempt": "2026-11-20T20:17:06.968Z",
          "lastUpdatedAt": "2026-11-20T20:17:06.983Z",
          "deliveredAt": "2026-11-20T20:17:06.983Z",
          "traceId": "e04c104b17d4ae21e7ff6b667819873d",
          "deliveryResult": {
            "success": true,
            "retryEligible": false,
            "category": "SUCCESS",
            "statusCode": 200,
            "statusText": "OK",
            "responseTime": 5.8,
            "timings": { "ttfb": 5.4, "body": 0.2, "reused": true },
            "timestamp": "2026-11-20T20:17:06.981Z",
            "httpResponseReceivedAt": "2026-11-20T20:17:06.981Z",
            "attempt": 1,
            "correlationId": "order-4711",
            "traceId": "e04c104b17d4ae21e7ff6b667819873d",
            "spanId": "7c3b1b6749edf1a0"
          },
          "history": [{{Attempt}}]
        }
        """;
}
