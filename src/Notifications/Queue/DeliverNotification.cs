using Waybill.Notifications.StatusApi;

namespace Waybill.Notifications.Queue;

/// <summary>
/// What travels through the queue: a hint that a notification may be delivered now.
/// The table is the truth; of what the message says besides the id nothing depends but for how long it waits to be claimed.
/// </summary>
public sealed record DeliverNotification
{
    public required string NotificationId { get; init; }

    /// <summary>Where it was to go when it was sent (<see cref="Delivery.HostKey"/>); null from a release that does not say it.</summary>
    public string? Host { get; init; }

    /// <summary>Which event it delivers and to whom: what the claim is to read. Null of what was posted to a URL, and from a release that does not say it.</summary>
    public EventTarget? Target { get; init; }
}
