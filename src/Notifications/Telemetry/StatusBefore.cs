using Waybill.Notifications.Records;

namespace Waybill.Notifications.Telemetry;

/// <summary>Where a notification was before a transition.</summary>
/// <param name="Since">When it was last written there; null where that is not known.</param>
public readonly record struct StatusBefore(NotificationStatus Status, bool IsFinal, DateTimeOffset? Since)
{
    public static StatusBefore Of(NotificationRecord record) => new(record.Status, record.IsFinal, record.LastUpdatedAt);
}
