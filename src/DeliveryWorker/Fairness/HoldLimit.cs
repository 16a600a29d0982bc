using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// How long a notification is held up by its host's pauses: that much before each attempt. Then the attempt is made all the
/// same, as it has a right to its attempts and to an end.
/// </summary>
internal sealed class HoldLimit(TimeSpan length)
{
    public bool IsReached(NotificationRecord record, DateTimeOffset now) => now - PlannedFor(record) >= length;

    /// <summary>When the attempt was wanted: the latest of all that could have asked for it.</summary>
    private static DateTimeOffset PlannedFor(NotificationRecord record)
    {
        DateTimeOffset?[] wanted = [record.CreatedAt, record.DeliverAt, record.RedeliveredAt, record.NextAttemptAt, AfterFailure(record)];
        return wanted.Max()!.Value;
    }

    /// <summary>After its host's failure, as its schedule and the host's own wish say at most: a claim takes <c>nextAttemptAt</c> away.</summary>
    private static DateTimeOffset? AfterFailure(NotificationRecord record)
    {
        if (record.Attempts == 0 || record.DeliveryResult is not { } last)
        {
            return null;
        }

        var wish = last.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return last.Timestamp + (RetrySchedule.DelayAfter(record.RetrySchedule, record.Attempts, wish, random: 1) ?? TimeSpan.Zero);
    }
}
