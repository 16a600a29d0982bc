using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>
/// Finds the notification that is open and was created first, whenever that was: a notification that is stuck since last week is what
/// an operator must see. All that are open are in the index of what is due, by due time; of each shard those that are due first are
/// looked at. When more are open than that, it is the oldest of those.
/// </summary>
internal sealed class OldestOpen(NotificationStore store, TimeProvider time)
{
    private const int OfEachShard = 100;

    public async Task<NotificationRecord?> FindAsync(Func<NotificationRecord, bool> takes, CancellationToken cancellationToken)
    {
        var oldest = await Task.WhenAll(Shards.All.Select(shard => OfShardAsync(shard, takes, cancellationToken)));
        return oldest.OfType<NotificationRecord>().MinBy(record => record.CreatedAt);
    }

    /// <summary>One that its client scheduled for later is open too, but nothing is wrong with it.</summary>
    private async Task<NotificationRecord?> OfShardAsync(string shard, Func<NotificationRecord, bool> takes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = (await store.DueAsync(shard, DateTimeOffset.MaxValue, OfEachShard, after: null, cancellationToken)).Items;

        if (due.Count == 0)
        {
            return null;
        }

        var records = await store.GetManyAsync(due.Select(item => item.Id).Distinct(), cancellationToken);
        return records.Records.Values.Where(record => !record.IsFinal && !(record.DeliverAt > now) && takes(record)).MinBy(record => record.CreatedAt);
    }
}
