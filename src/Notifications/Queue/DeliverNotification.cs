namespace Waybill.Notifications.Queue;

/// <summary>
/// What travels through the queue: a hint that a notification may be delivered now.
/// The table is the truth; the message holds nothing that could be stale.
/// </summary>
public sealed record DeliverNotification
{
    public required string NotificationId { get; init; }
}
