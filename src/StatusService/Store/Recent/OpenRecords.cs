using Waybill.Notifications.Storage;

namespace Waybill.StatusService.Store.Recent;

/// <summary>All records that are open, whenever they were created, as long as they are not too many: by the index of what is due, where every one of them is.</summary>
internal sealed class OpenRecords(NotificationStore store)
{
    private const int Most = 1000;

    /// <summary>Of one shard; they are even, so more than that are more than <see cref="Most"/> in all, about.</summary>
    private const int MostOfShard = 200;

    /// <summary>Null when too many are open.</summary>
    public async Task<RecordsRead?> ReadAllAsync(CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(Shards.All.Select(shard => store.DueAsync(shard, DateTimeOffset.MaxValue, MostOfShard, after: null, cancellationToken)));
        var ids = shards.SelectMany(shard => shard.Items).Select(item => item.Id).Distinct(StringComparer.Ordinal).ToArray();

        return shards.Any(shard => shard.Next is not null) || ids.Length > Most ? null : await store.GetManyAsync(ids, cancellationToken);
    }
}
