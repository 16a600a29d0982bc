using Waybill.DeliveryWorker.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>What an attempt says about the health of its host.</summary>
public enum HostSignal
{
    /// <summary>Nothing: the host was not asked.</summary>
    None,

    /// <summary>It answered, if only that this request is wrong.</summary>
    Good,

    /// <summary>It asked for less: 429, 503.</summary>
    Refused,

    /// <summary>It answered that it has trouble: 408, 425, 5xx.</summary>
    Failing,

    /// <summary>No answer: a timeout or a network error.</summary>
    Silent,
}

internal static class HostSignals
{
    private const int TooManyRequests = StatusCodes.Status429TooManyRequests;
    private const int Unavailable = StatusCodes.Status503ServiceUnavailable;

    public static HostSignal Of(AttemptOutcome outcome) => outcome.Classification switch
    {
        { Category: var category } when category == DeliveryCategory.Timeout || category == DeliveryCategory.NetworkError => HostSignal.Silent,
        { Category: var category } when category == DeliveryCategory.Blocked => HostSignal.None,
        _ when outcome.Failure?.Kind == FailureKind.InvalidRequest => HostSignal.None,
        { RetryEligible: true } when outcome.Response?.StatusCode is TooManyRequests or Unavailable => HostSignal.Refused,
        { RetryEligible: true } => HostSignal.Failing,
        _ => HostSignal.Good,
    };

    /// <summary>How long the host asked to be left alone, if it did.</summary>
    public static TimeSpan? WishOf(AttemptOutcome outcome) => Of(outcome) == HostSignal.Refused ? outcome.Response!.RetryAfter : null;
}
