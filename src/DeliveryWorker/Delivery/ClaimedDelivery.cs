using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>A notification that this worker holds: its record, its request, and the time left to deal with it.</summary>
public sealed record ClaimedDelivery(ClaimAnswer Answer, LeaseClock Lease)
{
    public string Id => Answer.Record.Id;

    public string LeaseToken => Answer.Record.Lease?.Token ?? throw new InvalidOperationException("A claim was answered without a lease.");

    /// <summary>False when so much time was lost since the claim that another worker could take over in mid-call.</summary>
    public bool HasTimeForTheCall => Lease.Remaining >= TimeSpan.FromSeconds(Answer.Record.TimeoutSeconds);
}
