using Waybill.DeliveryWorker.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>Builders for data, with what most tests do not care about filled in.</summary>
internal static class A
{
    public static readonly DateTimeOffset Moment = new(2026, 11, 20, 19, 31, 14, TimeSpan.Zero);

    public static NotificationRecord Record(string url = "http://127.0.0.1/", int attempts = 0, int timeoutSeconds = 15) => new()
    {
        Id = "ntf_0123456789abcdefghjkmnpqrs",
        Owner = "shop",
        Status = NotificationStatus.Processing,
        Version = 3,
        Epoch = 0,
        CorrelationId = "order-1",
        Url = url,
        Method = "POST",
        TimeoutSeconds = timeoutSeconds,
        Attempts = attempts,
        MaxAttempts = 10,
        Claims = 1,
        CreatedAt = Moment,
        LastUpdatedAt = Moment,
        Lease = new Lease("token", "worker", Moment, Moment.AddSeconds(20)),
        Fingerprint = "",
    };

    public static NotificationRequest Request(
        string url = "http://127.0.0.1/",
        string method = "POST",
        byte[]? body = null,
        params (string Name, string Value)[] headers) =>
        new(method, url, headers.ToDictionary(header => header.Name, header => header.Value), body is null ? null : "application/json", body);

    public static ClaimResponse Claim(string url, int timeoutSeconds = 5) => new(Record(url, timeoutSeconds: timeoutSeconds), Request(url, body: "{}"u8.ToArray()));

    public static ReceiverResponse Response(int status, TimeSpan? retryAfter = null) => new(status, "Text", Moment, retryAfter, "said so");

    public static AttemptOutcome Outcome(ReceiverResponse? answer = null, Failure? failure = null) => new()
    {
        EndedAt = Moment,
        Milliseconds = 12.3,
        Response = answer,
        Failure = failure,
        TraceId = new string('a', 32),
        SpanId = new string('b', 16),
    };
}
