using System.Globalization;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.IntakeService.Dispatching;

/// <summary>What the Dispatcher does about a notification that the index says is due.</summary>
public abstract record DispatchDecision
{
    /// <summary>
    /// Claims there may be besides one for each attempt: for workers that died. A notification that uses them up kills its
    /// workers, and is given up.
    /// </summary>
    public const int SpareClaims = 5;

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

        var mostClaims = record.MaxAttempts + SpareClaims;

        return record.Claims > mostClaims
            ? new Abandon(string.Create(CultureInfo.InvariantCulture, $"Workers took it {record.Claims} times without bringing it to an end; {mostClaims} times are allowed."))
            : new Dispatch();
    }
}
