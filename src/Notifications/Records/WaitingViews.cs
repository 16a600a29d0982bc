using Waybill.Notifications.Delivery;

namespace Waybill.Notifications.Records;

/// <summary>What a record waits for.</summary>
public static class WaitingViews
{
    /// <summary>Stored times are whole milliseconds.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(2);

    extension(NotificationWaiting)
    {
        /// <returns>Null when it is final.</returns>
        public static NotificationWaiting? Of(NotificationRecord record)
        {
            if (record.IsFinal)
            {
                return null;
            }

            if (record.WaitingReason is { } reason)
            {
                return new NotificationWaiting(reason, record.DueAt);
            }

            if (record.Status == NotificationStatus.Processing)
            {
                return new NotificationWaiting(WaitingReasons.Attempt, record.Lease?.Until ?? record.DueAt);
            }

            if (record.Status == NotificationStatus.Failed)
            {
                return new NotificationWaiting(IsTheReceiversWish(record) ? WaitingReasons.RetryAfter : WaitingReasons.Retry, record.NextAttemptAt);
            }

            // Its first due time is the time it was scheduled for; every later one is a clock of the delivery.
            var isScheduled = record.Status == NotificationStatus.Pending && record.DeliverAt is not null && record.DueAt == record.DeliverAt;
            return new NotificationWaiting(isScheduled ? WaitingReasons.Scheduled : WaitingReasons.Queued, record.DueAt);
        }
    }

    /// <summary>A retry that comes later than its schedule can have it, was asked for: its last update is the one that planned it.</summary>
    private static bool IsTheReceiversWish(NotificationRecord record) =>
        record.Attempts > 0
        && RetrySchedule.DelayAfter(record.RetrySchedule, record.Attempts, retryAfter: null, random: 1) is { } longest
        && record.NextAttemptAt - record.LastUpdatedAt > longest + Rounding;
}
