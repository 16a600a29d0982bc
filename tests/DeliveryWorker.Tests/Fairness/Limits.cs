using Waybill.DeliveryWorker.Fairness;

namespace Waybill.DeliveryWorker.Tests.Fairness;

internal static class Limits
{
    /// <summary>Those of a worker with default settings.</summary>
    public static readonly HostLimits Default = HostLimits.Of(new FairnessOptions(), 64);
}
