using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>What is to be recorded.</summary>
/// <param name="RetryDelay">Null: the result is final.</param>
public sealed record Decision(DeliveryResult Result, TimeSpan? RetryDelay)
{
    /// <summary>Pure: the same record, outcome and random number give the same decision.</summary>
    /// <param name="random">Uniform in [0, 1); varies the delay.</param>
    public static Decision Of(NotificationRecord record, AttemptOutcome outcome, double random)
    {
        var classification = outcome.Classification;

        var result = new DeliveryResult
        {
            Success = classification.Category == DeliveryCategory.Success,
            RetryEligible = classification.RetryEligible,
            Category = classification.Category,
            StatusCode = outcome.Response?.StatusCode,
            StatusText = outcome.Response?.StatusText,
            ResponseTime = outcome.Milliseconds,
            Timings = outcome.Timings,
            ErrorDetails = Details(classification, outcome),
            Timestamp = outcome.EndedAt,
            HttpResponseReceivedAt = outcome.Response?.ReceivedAt,
            RetryAfter = WishOf(classification, outcome.Response?.RetryAfter),
            Attempt = record.NextAttemptNumber,
            CorrelationId = record.CorrelationId,
            TraceId = outcome.TraceId,
            SpanId = outcome.SpanId,
        };

        return new Decision(result, RetryDelayOf(record, classification, outcome.Response?.RetryAfter, random));
    }

    /// <summary>Of an answer after which nothing is repeated, it would be no more than noise.</summary>
    private static double? WishOf(Classification classification, TimeSpan? retryAfter) =>
        classification.RetryEligible && retryAfter is { } wish ? Math.Min(wish.TotalSeconds, RetrySchedule.LongestDelay.TotalSeconds) : null;

    private static TimeSpan? RetryDelayOf(NotificationRecord record, Classification classification, TimeSpan? retryAfter, double random) =>
        classification.RetryEligible
            ? RetrySchedule.DelayAfter(record.RetrySchedule, record.Attempts + 1, retryAfter, random)
            : null;

    private static ErrorDetails? Details(Classification classification, AttemptOutcome outcome)
    {
        if (classification.ErrorCode is not { } code)
        {
            return null;
        }

        var message = outcome.Failure?.Message ?? $"The receiver answered {outcome.Response!.StatusCode} {outcome.Response.StatusText}".TrimEnd() + ".";
        return new ErrorDetails(code, Cut(message), classification.Category, outcome.Response?.Excerpt);
    }

    private static string Cut(string message) =>
        message.Length <= ErrorDetails.MaxMessageLength ? message : message[..ErrorDetails.MaxMessageLength];
}
