using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>A notification that this worker holds: its record, its request, and the time left to deal with it.</summary>
public sealed record ClaimedDelivery(ClaimResponse Granted, LeaseClock Lease)
{
    public string Id => Granted.Record.Id;

    public string LeaseToken => Granted.Record.Lease?.Token ?? throw new InvalidOperationException("A claim was answered without a lease.");

    /// <summary>False when so much time was lost since the claim that another worker could take over in mid-call.</summary>
    public bool HasTimeForTheCall => Lease.Remaining >= TimeSpan.FromSeconds(Granted.Record.TimeoutSeconds);
}

/// <summary>
/// How much of a lease is left, by this process's monotonic clock. It runs from before the claim was asked for,
/// so it ends no later than the lease does, whatever the clocks of the two services say.
/// </summary>
public sealed class LeaseClock(TimeProvider clock, long asked, TimeSpan length)
{
    public TimeSpan Remaining => length - clock.GetElapsedTime(asked);
}
