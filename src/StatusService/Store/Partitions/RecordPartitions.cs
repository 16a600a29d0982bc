using Waybill.Notifications.Storage;

namespace Waybill.StatusService.Store.Partitions;

/// <summary>Says into which partition of an index a record goes, and sees to it that it is found there.</summary>
internal sealed class RecordPartitions(PartitionDirectory directory, ShardSpread spread)
{
    /// <param name="id">Of the record.</param>
    /// <param name="time">By which the index is ordered.</param>
    /// <exception cref="Table.TableUnavailableException">A record there might not be found.</exception>
    public async Task<IndexPartition> ForAsync(IndexDefinition index, string owner, string id, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var shards = spread.Count($"{index.Name} {owner}", Shards.Count);
        var partition = new IndexPartition(IndexPartition.HourOf(time), Shards.Of(id, shards), owner);

        await directory.NoteAsync(index, partition, cancellationToken);
        return partition;
    }
}
