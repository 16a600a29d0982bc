using Waybill.DeliveryWorker.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>What an attempt says about the health of its host.</summary>
public enum HostSignal
{
    /// <summary>Nothing: the host was not asked.</summary>
    None,

    /// <summary>It answered, if only to refuse.</summary>
    Good,

    /// <summary>It answered that it has trouble, or asked for less: 408, 425, 429, 5xx.</summary>
    Overloaded,

    /// <summary>No answer: a timeout or a network error.</summary>
    Silent,
}

internal static class HostSignals
{
    public static HostSignal Of(Classification classification) => classification switch
    {
        { Category: DeliveryCategory.Timeout or DeliveryCategory.NetworkError } => HostSignal.Silent,
        { Category: DeliveryCategory.Blocked } or { ErrorCode: ErrorCodes.InvalidRequest } => HostSignal.None,
        { RetryEligible: true } => HostSignal.Overloaded,
        _ => HostSignal.Good,
    };

    /// <summary>429 speaks for the host; a 503 that names a time may be about one URL only.</summary>
    public static TimeSpan? WishOf(AttemptOutcome outcome) =>
        outcome.Answer is { StatusCode: StatusCodes.Status429TooManyRequests } answer ? answer.RetryAfter : null;
}
