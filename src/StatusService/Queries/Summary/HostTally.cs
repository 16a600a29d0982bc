using Waybill.Notifications.Records;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>Counts the notifications to one host.</summary>
internal sealed class HostTally
{
    private int _notifications;
    private int _succeeded;
    private int _failed;
    private int _waitingForRetry;
    private string? _lastErrorCode;
    private DateTimeOffset? _lastFailureAt;

    public void Add(NotificationRecord record)
    {
        _notifications++;
        _succeeded += record.Status == NotificationStatus.Success ? 1 : 0;
        _waitingForRetry += SummaryTally.IsWaitingForRetry(record) ? 1 : 0;
        _failed += SummaryTally.HasFailed(record) ? 1 : 0;

        if (record.Status == NotificationStatus.Failed && record.DeliveryResult is { } result && !(result.Timestamp <= _lastFailureAt))
        {
            _lastFailureAt = result.Timestamp;
            _lastErrorCode = result.ErrorDetails?.Code;
        }
    }

    public HostSummary Read(string host) => new(host, _notifications, _succeeded, _failed, _waitingForRetry, _lastErrorCode, _lastFailureAt);
}
