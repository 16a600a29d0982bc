namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// How much of a lease is left, by this process's monotonic clock. It runs from before the claim was asked for,
/// so it ends no later than the lease does, whatever the clocks of the two services say.
/// </summary>
public sealed class LeaseClock(TimeProvider clock, long asked, TimeSpan length)
{
    public TimeSpan Remaining => length - clock.GetElapsedTime(asked);
}
