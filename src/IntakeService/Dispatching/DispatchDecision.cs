using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.IntakeService.Dispatching;

/// <summary>What the Dispatcher does about a notification that the index says is due.</summary>
public abstract record DispatchDecision
{
    /// <summary>It has moved on since the index was written.</summary>
    public sealed record Nothing : DispatchDecision;

    /// <summary>Send it to the queue again.</summary>
    public sealed record Dispatch : DispatchDecision;

    public sealed record Abandon(string Reason) : DispatchDecision;

    /// <summary>Nobody knows here what it is: another release has written it, and moves it.</summary>
    public sealed record Skip(string Reason) : DispatchDecision;

    /// <param name="due">What the index says, which may lag.</param>
    /// <param name="record">The record, read with strong consistency.</param>
    /// <remarks>
    /// No clock is asked: the index holds what was due by the status service's clock, and the due time, if it is
    /// still the same, proves that nobody has moved the record since. Whether a lease has ended the status service decides.
    /// </remarks>
    public static DispatchDecision About(DueNotification due, NotificationRecord? record)
    {
        if (record is null || record.IsFinal || record.DueAt != due.DueAt)
        {
            return new Nothing();
        }

        if (!record.Status.IsKnown())
        {
            return new Skip($"Its status is '{record.Status}', which this release does not know.");
        }

        return DeliveryBounds.Reached(record, due.DueAt) is { } bound ? new Abandon(bound.Reason) : new Dispatch();
    }
}
