using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;

namespace Waybill.StatusService.Tests.Support;

/// <summary>Gives items that a test stores itself the keys of the indexes, as the service gives them to those that it writes.</summary>
internal static class IndexKeys
{
    public static void AddTo(Item item)
    {
        var createdAt = item.RequiredTime(StoredNames.CreatedAt);
        item[StoredNames.CreatedShard] = StoredValue.Of(Partition(item, createdAt).Key);

        if (FailedAt(item) is { } failedAt)
        {
            var result = item.Map(StoredNames.DeliveryResult) is { } map ? ResultMap.Read(map, null) : null;
            var failure = new Failure(item.RequiredText(StoredNames.Owner), createdAt, item.Text(StoredNames.Url) ?? "", result?.Category ?? default, result?.ErrorDetails?.Code);

            item[StoredNames.FailedShard] = StoredValue.Of(Partition(item, failedAt).Key);
            item[StoredNames.FailedAt] = StoredValue.Of(FailedKey.Of(failure, failedAt).Text());
        }
    }

    /// <summary>Sees to it that they are found there.</summary>
    public static async Task NoteAsync(PartitionDirectory directory, Item item)
    {
        await directory.NoteAsync(TableDefinition.Recent, IndexPartition.Of(item[StoredNames.CreatedShard].S), CancellationToken.None);

        if (item.Text(StoredNames.FailedShard) is { } failed)
        {
            await directory.NoteAsync(TableDefinition.Failed, IndexPartition.Of(failed), CancellationToken.None);
        }
    }

    private static IndexPartition Partition(Item item, DateTimeOffset time) =>
        new(IndexPartition.HourOf(time), Shards.Of(item.RequiredText(StoredNames.Id), 1), item.RequiredText(StoredNames.Owner));

    /// <summary>Null where it has not failed for good, or nobody can tell.</summary>
    private static DateTimeOffset? FailedAt(Item item) =>
        item[StoredNames.Status].S == NotificationStatus.Failed.Text() && !item.ContainsKey(StoredNames.NextAttemptAt) ? item.Time(StoredNames.LastUpdatedAt) : null;
}
