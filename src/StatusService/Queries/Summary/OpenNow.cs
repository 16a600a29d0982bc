using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>
/// Tells what is open now, whenever it was created: a notification that is stuck since last week is what an operator must see. While they are few all of
/// them are read; of more, those are that are due first, and the others counted, again after the longer the more they are.
/// </summary>
internal sealed class OpenNow(OpenRecords open, NotificationStore store, TimeProvider time)
{
    private const int OfEachShard = 25;

    /// <summary>A million takes 11,000 read units to count, and is counted again after some twenty minutes.</summary>
    private const double CountedPerSecond = 1000;

    private volatile Counted? _counted;

    /// <param name="owner">Null for everybody's.</param>
    public async Task<OpenSummary> ReadAsync(string? owner, CancellationToken cancellationToken)
    {
        var all = await open.ReadAllAsync(cancellationToken);
        var read = all ?? await FirstDueAsync(cancellationToken);
        var records = read.Records.Values.Where(record => !record.IsFinal && (owner is null || string.Equals(record.Owner, owner, StringComparison.Ordinal))).ToArray();
        var total = all is null && owner is null ? await CountAsync(cancellationToken) : records.Length;

        return new OpenSummary(total, all is not null, records, Oldest(records), [.. read.Unreadable.Values]);
    }

    /// <summary>One that its client scheduled for later is open too, but nothing is wrong with it.</summary>
    private NotificationRecord? Oldest(IEnumerable<NotificationRecord> records)
    {
        var now = time.GetUtcNow();
        return records.Where(record => !(record.DeliverAt > now)).MinBy(record => record.CreatedAt);
    }

    private async Task<RecordsRead> FirstDueAsync(CancellationToken cancellationToken)
    {
        var read = new RecordsRead();

        foreach (var shard in await Task.WhenAll(Shards.All.Select(shard => FirstDueAsync(shard, cancellationToken))))
        {
            read.Add(shard);
        }

        return read;
    }

    private async Task<RecordsRead> FirstDueAsync(string shard, CancellationToken cancellationToken)
    {
        var due = (await store.DueAsync(shard, DateTimeOffset.MaxValue, OfEachShard, after: null, cancellationToken)).Items;
        return await store.GetManyAsync(due.Select(item => item.Id).Distinct(), cancellationToken);
    }

    private async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        if (_counted is not { } counted || time.GetElapsedTime(counted.At).TotalSeconds > counted.Count / CountedPerSecond)
        {
            var at = time.GetTimestamp();
            var counts = await Task.WhenAll(Shards.All.Select(shard => store.CountOpenAsync(shard, cancellationToken)));
            _counted = counted = new Counted(counts.Sum(), at);
        }

        return counted.Count;
    }

    /// <param name="At">By the clock of <see cref="TimeProvider.GetTimestamp"/>.</param>
    private sealed record Counted(long Count, long At);
}

/// <param name="Total">Of all that are open; of one owner's at least those that were read.</param>
/// <param name="Complete">All of them were read.</param>
/// <param name="Records">Those that were read.</param>
/// <param name="Oldest">Created first, of those that are not scheduled for later; null when there is none.</param>
/// <param name="Unreadable">Everybody's.</param>
internal sealed record OpenSummary(
    long Total,
    bool Complete,
    IReadOnlyList<NotificationRecord> Records,
    NotificationRecord? Oldest,
    IReadOnlyList<RecordTroubleException> Unreadable)
{
    public StatusCounts ByStatus(long succeeded, long failed) => new(
        Of(NotificationStatus.Pending),
        Of(NotificationStatus.Queued),
        Of(NotificationStatus.Processing),
        succeeded,
        failed)
    {
        WaitingForRetry = Records.Count(IsWaitingForRetry),
        Other = Records
            .Where(record => !record.Status.IsKnown())
            .GroupBy(record => record.Status)
            .OrderBy(group => group.Key, Vocabulary.Order<NotificationStatus>())
            .ToDictionary(group => group.Key.Text(), group => group.Count()) is { Count: > 0 } other ? other : null,
    };

    /// <summary>What waits for a retry, by host.</summary>
    public IReadOnlyDictionary<string, WaitingForRetry> WaitingByHost() => Records
        .Where(IsWaitingForRetry)
        .GroupBy(record => UrlHost.Of(record.Url), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(host => host.Key, host => new WaitingForRetry(host.Count(), host.Select(record => record.DeliveryResult).OfType<DeliveryResult>().MaxBy(result => result.Timestamp)), StringComparer.OrdinalIgnoreCase);

    private static bool IsWaitingForRetry(NotificationRecord record) => record.Status == NotificationStatus.Failed;

    private int Of(NotificationStatus status) => Records.Count(record => record.Status == status);
}

/// <param name="Newest">Of their results.</param>
internal sealed record WaitingForRetry(int Count, DeliveryResult? Newest);
