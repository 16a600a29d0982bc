using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.StatusService.Transitions;

/// <summary>What is done about a notification that the index says is due.</summary>
internal abstract record DispatchDecision
{
    /// <summary>It has moved on since the index was written, or by this clock its time has not come.</summary>
    public sealed record Nothing : DispatchDecision;

    /// <summary>It is sent to the queue again.</summary>
    public sealed record Dispatch : DispatchDecision;

    public sealed record Abandon(ReachedBound Bound) : DispatchDecision;

    /// <summary>Nobody knows here what it is: another release has written it, and moves it.</summary>
    public sealed record Skip(string Reason) : DispatchDecision;

    /// <param name="dueAt">What the index says, which may lag.</param>
    /// <param name="record">The record, read with strong consistency.</param>
    /// <remarks>
    /// The due time, if it is still the same, proves that nobody has moved the record since. Whether a lease has ended the write's condition decides.
    /// </remarks>
    public static DispatchDecision About(DateTimeOffset dueAt, NotificationRecord? record, DateTimeOffset now)
    {
        if (record is null || record.IsFinal || record.DueAt != dueAt)
        {
            return new Nothing();
        }

        if (!record.Status.IsKnown())
        {
            return new Skip($"Its status is '{record.Status}', which this release does not know.");
        }

        if (dueAt > now)
        {
            return new Nothing();
        }

        return DeliveryBounds.Reached(record, dueAt) is { } bound ? new Abandon(bound) : new Dispatch();
    }
}
