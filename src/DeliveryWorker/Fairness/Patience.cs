using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// How long a notification is held up by its host's pauses: that much before each attempt. Then the attempt is made all the
/// same, as it has a right to its attempts and to an end.
/// </summary>
internal sealed class Patience(TimeSpan length)
{
    public bool IsOver(NotificationRecord record, DateTimeOffset now) => now - PlannedFor(record) >= length;

    /// <summary>When the attempt should have been at the latest: after its host's failure, as its schedule says at most.</summary>
    private static DateTimeOffset PlannedFor(NotificationRecord record)
    {
        if (record.Attempts == 0 || record.DeliveryResult is not { } last)
        {
            return record.DeliverAt ?? record.CreatedAt;
        }

        return last.Timestamp + (RetrySchedule.DelayAfter(record.RetrySchedule, record.Attempts, retryAfter: null, random: 1) ?? TimeSpan.Zero);
    }
}
