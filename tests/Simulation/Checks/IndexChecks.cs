using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;

namespace Waybill.Simulation.Checks;

/// <summary>
/// Which indexes a record is in: those that answer the questions it belongs to and no others, each in a partition that a directory names. So
/// whoever looks for it finds it. Pure.
/// </summary>
internal static class IndexChecks
{
    /// <param name="isNoted">Whether the directory of an index, or an owner's part of it, names a partition: its key, and the partition's.</param>
    /// <param name="anyBefore">Some were written by the release before, which knows no directory and only two indexes.</param>
    /// <returns>What is wrong with it.</returns>
    public static IEnumerable<string> Of(Item item, Func<string, string, bool> isNoted, bool anyBefore)
    {
        var record = StateItem.Read(item);
        var created = item.Text(StoredNames.CreatedShard);

        if (anyBefore && created == Shards.Created(record.CreatedAt, record.Id))
        {
            yield break;
        }

        foreach (var problem in Partition(TableDefinition.Recent, created, record.Owner, record.CreatedAt, isNoted))
        {
            yield return problem;
        }

        if (anyBefore)
        {
            yield break;
        }

        var correlation = record.CorrelationId is { } id ? StateItem.CorrelationKey(record.Owner, id) : null;

        if (item.Text(StoredNames.Correlation) != correlation)
        {
            yield return $"It is found by its correlation as {item.Text(StoredNames.Correlation)}, which should be {correlation}.";
        }

        foreach (var problem in Failure(item, record, isNoted))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Failure(Item item, NotificationRecord record, Func<string, string, bool> isNoted)
    {
        var hasFailed = record is { IsFinal: true, Status: var status } && status == NotificationStatus.Failed;

        if (!hasFailed)
        {
            return item.ContainsKey(StoredNames.FailedShard) || item.ContainsKey(StoredNames.FailedAt) ? ["It is among the failures, and is none."] : [];
        }

        if (item.Text(StoredNames.FailedAt) is not { } text)
        {
            return ["It has failed for good, and is not among the failures."];
        }

        var key = FailedKey.Parse(text);
        var expected = FailedKey.Of(StatusService.Store.Partitions.Failure.Of(record, record.DeliveryResult!), record.LastUpdatedAt);
        var problems = Partition(TableDefinition.Failed, item.Text(StoredNames.FailedShard), record.Owner, record.LastUpdatedAt, isNoted);

        return key == expected ? problems : problems.Append($"It is among the failures as {key}, which should be {expected}.");
    }

    private static IEnumerable<string> Partition(IndexDefinition index, string? key, string owner, DateTimeOffset time, Func<string, string, bool> isNoted)
    {
        if (key is null)
        {
            yield return $"It is not in the index '{index.Name}'.";
            yield break;
        }

        var partition = IndexPartition.Of(key);

        if (partition.Owner != owner || partition.Hour != IndexPartition.HourOf(time))
        {
            yield return $"In the index '{index.Name}' it is in '{key}', but it is {owner}'s and of {time:yyyy-MM-dd HH:mm:ss.fff}.";
        }

        foreach (var directory in new[] { $"{TableDefinition.Partitions} {index.Name}", $"{TableDefinition.Partitions} {index.Name} {owner}" })
        {
            if (!isNoted(directory, key))
            {
                yield return $"It is in '{key}', which '{directory}' does not name.";
            }
        }
    }
}
