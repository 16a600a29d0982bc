using Waybill.Notifications.Records;

namespace Waybill.TestSupport;

/// <summary>Builds what workers report.</summary>
public static class Results
{
    public static DeliveryResult Success(int attempt = 1) => new()
    {
        Success = true,
        RetryEligible = false,
        Category = DeliveryCategory.Success,
        StatusCode = 200,
        StatusText = "OK",
        ResponseTime = 12.345,
        Timings = new DeliveryTimings(0.5, 1.25, null, 8, 0.125, false),
        Timestamp = DateTimeOffset.UtcNow,
        HttpResponseReceivedAt = DateTimeOffset.UtcNow.AddMilliseconds(-1),
        Attempt = attempt,
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        SpanId = Convert.ToHexString(BitConverter.GetBytes(Random.Shared.NextInt64())).ToLowerInvariant(),
    };

    public static DeliveryResult ServerError(int attempt = 1, int statusCode = 503) => Success(attempt) with
    {
        Success = false,
        RetryEligible = true,
        Category = DeliveryCategory.ServerError,
        StatusCode = statusCode,
        StatusText = "Service Unavailable",
        ErrorDetails = new ErrorDetails($"http_{statusCode}", $"The receiver answered {statusCode}.", DeliveryCategory.ServerError, "try later"),
    };

    public static DeliveryResult ClientError(int attempt = 1) => Success(attempt) with
    {
        Success = false,
        Category = DeliveryCategory.ClientError,
        StatusCode = 404,
        StatusText = "Not Found",
        ErrorDetails = new ErrorDetails("http_404", "The receiver answered 404.", DeliveryCategory.ClientError, null),
    };
}
