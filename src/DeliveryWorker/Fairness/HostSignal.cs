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

    /// <summary>It asked for less, failed, or could not be reached.</summary>
    Bad,
}

internal static class HostSignals
{
    public static HostSignal Of(Classification classification) => classification switch
    {
        { RetryEligible: true } => HostSignal.Bad,
        { Category: DeliveryCategory.Blocked } or { ErrorCode: ErrorCodes.InvalidRequest } => HostSignal.None,
        _ => HostSignal.Good,
    };
}
