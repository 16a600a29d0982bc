using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>Counts records, one after the other, and keeps of them no more than figures by status, host, category and bucket.</summary>
internal sealed class SummaryTally(BucketSize size)
{
    private readonly Dictionary<NotificationStatus, int> _byStatus = [];
    private readonly Dictionary<DeliveryCategory, int> _byCategory = [];
    private readonly Dictionary<string, HostTally> _byHost = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, BucketTally> _buckets = [];
    private int _waitingForRetry;

    public int Notifications { get; private set; }

    public void Add(NotificationRecord record)
    {
        Notifications++;
        Count(_byStatus, record.Status);
        _waitingForRetry += IsWaitingForRetry(record) ? 1 : 0;

        if (record.DeliveryResult is { } result)
        {
            Count(_byCategory, result.Category);
        }

        Of(_byHost, UrlHost.Of(record.Url)).Add(record);
        Of(_buckets, size.IndexOf(record.CreatedAt)).Add(record);
    }

    public static bool IsWaitingForRetry(NotificationRecord record) => record.Status == NotificationStatus.Failed && !record.IsFinal;

    /// <summary>For good.</summary>
    public static bool HasFailed(NotificationRecord record) => record.Status == NotificationStatus.Failed && record.IsFinal;

    public StatusCounts ByStatus() => new(
        _byStatus.GetValueOrDefault(NotificationStatus.Pending),
        _byStatus.GetValueOrDefault(NotificationStatus.Queued),
        _byStatus.GetValueOrDefault(NotificationStatus.Processing),
        _byStatus.GetValueOrDefault(NotificationStatus.Success),
        _byStatus.GetValueOrDefault(NotificationStatus.Failed))
    {
        WaitingForRetry = _waitingForRetry,
        Other = _byStatus.Where(pair => !pair.Key.IsKnown()).OrderBy(pair => pair.Key, Vocabulary.Order<NotificationStatus>()).ToDictionary(pair => pair.Key.Text(), pair => pair.Value) is { Count: > 0 } other ? other : null,
    };

    public IReadOnlyDictionary<string, int> ByCategory() =>
        _byCategory.OrderBy(pair => pair.Key, Vocabulary.Order<DeliveryCategory>()).ToDictionary(pair => pair.Key.Text(), pair => pair.Value);

    public IEnumerable<HostSummary> Hosts() => _byHost.Select(pair => pair.Value.Read(pair.Key));

    /// <summary>Every bucket from one time to another, also those without a notification.</summary>
    public IReadOnlyList<SummaryBucket> Series(DateTimeOffset since, DateTimeOffset to)
    {
        var series = new List<SummaryBucket>();

        for (var index = size.IndexOf(since); size.StartOf(index) < to; index++)
        {
            series.Add((_buckets.GetValueOrDefault(index) ?? new BucketTally()).Read(size.StartOf(index)));
        }

        return series;
    }

    private static void Count<TKey>(Dictionary<TKey, int> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static TTally Of<TKey, TTally>(Dictionary<TKey, TTally> tallies, TKey key)
        where TKey : notnull
        where TTally : new()
    {
        if (!tallies.TryGetValue(key, out var tally))
        {
            tallies[key] = tally = new TTally();
        }

        return tally;
    }
}
