using System.Globalization;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.Delivery;

/// <summary>
/// What brings a notification to an end that its attempts do not bring there. Each round of it counts towards one of these: a claim, a
/// dispatch that no worker took, or time.
/// </summary>
public static class DeliveryBounds
{
    /// <summary>
    /// Claims there may be besides one for each attempt: for workers that died. A notification that uses them up kills its
    /// workers, and is given up.
    /// </summary>
    public const int SpareClaims = 5;

    /// <summary>
    /// Dispatches in a row that no worker takes. At the pauses of <see cref="DueAfterDispatch"/> these are ten days and more, so an
    /// outage of all workers over a long weekend ends nothing; a message that no worker can take does end.
    /// </summary>
    public const int MostDispatches = 1_500;

    /// <summary>
    /// From the planned start of a delivery: twice the longest schedule there can be, twenty waits of a day. For what nothing else ends,
    /// such as a queue that never takes it.
    /// </summary>
    public static readonly TimeSpan LongestLife = 2 * RetrySchedule.MaxEntries * RetrySchedule.LongestDelay;

    /// <summary>Dispatches that wait no longer than the way through the queue and a lease take: for messages that were lost.</summary>
    private const int PromptDispatches = 3;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long after a dispatch the Dispatcher looks again. Where no worker has taken the last ones it waits twice as long each time,
    /// up to ten minutes: else an outage of the workers would cost writes, and fill the queue with copies, all the time.
    /// </summary>
    /// <param name="before">Dispatches since the last claim, without this one.</param>
    public static TimeSpan DueAfterDispatch(int timeoutSeconds, int before)
    {
        var usual = DeliveryTiming.DueAfterDispatch(timeoutSeconds);
        var doublings = Math.Clamp(before + 1 - PromptDispatches, 0, 10);
        var pause = usual * (1 << doublings);

        return pause < LongestPause ? pause : LongestPause;
    }

    /// <param name="dueAt">When it was due: no later than now, by the clock that its times are from.</param>
    /// <returns>Why it is to be given up; null when it is not.</returns>
    public static ReachedBound? Reached(NotificationRecord record, DateTimeOffset dueAt)
    {
        var mostClaims = record.MaxAttempts + SpareClaims;

        if (record.Claims > mostClaims)
        {
            return Bound(EndCodes.ClaimsUsedUp, $"Workers took it {record.Claims} times without bringing it to an end; {mostClaims} times are allowed.");
        }

        if (record.Dispatches >= MostDispatches)
        {
            return Bound(EndCodes.NeverClaimed, $"It was sent to the queue {record.Dispatches} times and no worker took it.");
        }

        return KnowsItsStart(record) && dueAt - record.PlannedStart >= LongestLife
            ? Bound(EndCodes.TooOld, $"Its delivery has been going on for {LongestLife.TotalDays} days.")
            : null;
    }

    /// <summary>An earlier release redelivers without writing down when.</summary>
    private static bool KnowsItsStart(NotificationRecord record) => record.Epoch == 0 || record.RedeliveredAt is not null;

    private static ReachedBound Bound(string code, FormattableString reason) => new(code, reason.ToString(CultureInfo.InvariantCulture));
}

/// <param name="Code">For the result's error.</param>
/// <param name="Reason">For people.</param>
public sealed record ReachedBound(string Code, string Reason);
