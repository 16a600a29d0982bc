using System.Text;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.Micro;

/// <summary>A notification with a payload of 2 KB, as the benchmark of the whole system offers it.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Payload { get; } = Encoding.UTF8.GetBytes($$"""{"filler":"{{string.Join(' ', Enumerable.Range(0, 340).Select(number => number * 7919 % 100_000))}}"}""");

    public static byte[] SubmissionJson { get; } =
        [.. """{"url":"https://receiver.example/hooks/orders","correlationId":"order-1","payload":"""u8, .. Payload, .. "}"u8];

    public static AcceptRequest Accept { get; } = new()
    {
        Id = NotificationId.New(Now),
        Owner = "alice",
        Request = new NotificationRequest("POST", "https://receiver.example/hooks/orders", new Dictionary<string, string>(), "application/json", Payload),
        Fingerprint = Convert.ToBase64String(new byte[32]),
        TimeoutSeconds = 15,
        CorrelationId = "order-1",
        Traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };

    public static DeliveryResult Result { get; } = new()
    {
        Success = true,
        RetryEligible = false,
        Category = DeliveryCategory.Success,
        StatusCode = 200,
        StatusText = "OK",
        ResponseTime = 12.5,
        Timings = new DeliveryTimings(0.1, 0.4, null, 9.5, 0.2, false),
        Timestamp = Now,
        HttpResponseReceivedAt = Now,
        Attempt = 1,
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        SpanId = "b7ad6b7169203331",
    };
}
