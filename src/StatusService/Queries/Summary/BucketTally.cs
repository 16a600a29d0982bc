using Waybill.Notifications.Records;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>Counts the notifications created in one piece of the window.</summary>
internal sealed class BucketTally
{
    private readonly List<double> _latencies = [];
    private int _accepted;
    private int _failed;

    public void Add(NotificationRecord record)
    {
        _accepted++;
        _failed += SummaryTally.HasFailed(record) ? 1 : 0;

        if (record.Status == NotificationStatus.Success && record.DeliveredAt is { } delivered)
        {
            _latencies.Add((delivered - record.CreatedAt).TotalMilliseconds);
        }
    }

    public SummaryBucket Read(DateTimeOffset start)
    {
        _latencies.Sort();
        return new SummaryBucket(start, _accepted, _latencies.Count, _failed, Latency(0.5), Latency(0.99));
    }

    /// <summary>The nearest rank: the smallest that is not exceeded by that share of them.</summary>
    private double? Latency(double share) =>
        _latencies.Count == 0 ? null : _latencies[(int)Math.Ceiling(share * _latencies.Count) - 1];
}
