using Waybill.Notifications.Records;

namespace Waybill.Bench.Storing;

/// <summary>What a worker tells of an attempt.</summary>
internal static class Attempt
{
    private const double ResponseTime = 12.5;

    /// <param name="fails">By an answer that ends the delivery.</param>
    public static DeliveryResult Result(bool fails, int attempt, DateTimeOffset now) => new()
    {
        Success = !fails,
        RetryEligible = false,
        Category = fails ? DeliveryCategory.ClientError : DeliveryCategory.Success,
        StatusCode = fails ? 404 : 200,
        StatusText = fails ? "Not Found" : "OK",
        ResponseTime = ResponseTime,
        Timings = new DeliveryTimings(0.1, 0.4, null, 9.5, 0.2, false),
        ErrorDetails = fails ? new ErrorDetails("http_404", "The receiver answered 404 Not Found.", DeliveryCategory.ClientError, null) : null,
        Timestamp = now,
        HttpResponseReceivedAt = now,
        Attempt = attempt,
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        SpanId = "b7ad6b7169203331",
    };
}
