using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Partitions;

/// <summary>
/// Which partitions of an index have ever had a record: one item for each, written before the first record. So whoever looks for records reads
/// the partitions that there are, and hours and owners without any cost nothing. It is exact, as no record is written before its partition is noted.
/// </summary>
internal sealed class PartitionDirectory(ITableClient dynamoDb, TableCalls table, IOptions<TableOptions> options, TimeProvider time)
{
    /// <summary>Entries in one answer: a day of a busy owner's.</summary>
    private const int PageSize = 200;

    /// <summary>Longer than anything is kept that is not delivered again for years.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(3 * 366);

    /// <summary>Those that this process has noted, or is about to: noted again, they would only cost.</summary>
    private readonly ConcurrentDictionary<(string Index, string Partition), Lazy<Task>> _noted = new();

    private DateTimeOffset _cleared = DateTimeOffset.MinValue;

    /// <summary>Sees to it that a partition is found, before a record is written into it.</summary>
    /// <exception cref="TableUnavailableException">It may not be.</exception>
    public Task NoteAsync(IndexDefinition index, IndexPartition partition, CancellationToken cancellationToken)
    {
        ClearOld(partition.Hour);

        var key = (index.Name, partition.Key);
        var noted = _noted.GetOrAdd(key, _ => new Lazy<Task>(() => WriteAsync(index, partition)));

        return noted.IsValueCreated && noted.Value.IsCompletedSuccessfully ? Task.CompletedTask : FinishAsync(key, noted, cancellationToken);
    }

    /// <summary>The partitions that have had records of an owner, or of anybody, newest hour first, read as they are asked for.</summary>
    /// <param name="owner">Null for all owners.</param>
    public async IAsyncEnumerable<IndexPartition> ReadAsync(
        IndexDefinition index,
        string? owner,
        DateTimeOffset oldest,
        DateTimeOffset newest,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = options.Value.Name,
            KeyConditionExpression = "#directory = :directory AND #partition BETWEEN :oldest AND :newest",
            ExpressionAttributeNames = new() { ["#directory"] = StoredNames.Id, ["#partition"] = StoredNames.Kind },
            ExpressionAttributeValues = new()
            {
                [":directory"] = StoredValue.Of(Name(index, owner)),
                [":oldest"] = StoredValue.Of(IndexPartition.First(oldest)),
                [":newest"] = StoredValue.Of(IndexPartition.Last(newest)),
            },
            ScanIndexForward = false,
            ConsistentRead = true,
            Limit = PageSize,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        do
        {
            var page = await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken);

            foreach (var item in page.Items)
            {
                yield return IndexPartition.Of(item.RequiredText(StoredNames.Kind));
            }

            request.ExclusiveStartKey = page.Next;
        }
        while (request.ExclusiveStartKey is not null);
    }

    private static string Name(IndexDefinition index, string? owner) =>
        owner is null ? $"{TableDefinition.Partitions} {index.Name}" : $"{TableDefinition.Partitions} {index.Name} {owner}";

    private async Task FinishAsync((string Index, string Partition) key, Lazy<Task> noted, CancellationToken cancellationToken)
    {
        try
        {
            await noted.Value.WaitAsync(cancellationToken);
        }
        catch when (noted.Value.IsFaulted)
        {
            // The next one tries again.
            _noted.TryRemove(KeyValuePair.Create(key, noted));
            throw;
        }
    }

    /// <summary>For all, and for its owner alone. Repeated, it changes nothing.</summary>
    private Task WriteAsync(IndexDefinition index, IndexPartition partition) =>
        Task.WhenAll(PutAsync(Name(index, null), partition), PutAsync(Name(index, partition.Owner), partition));

    private Task PutAsync(string directory, IndexPartition partition)
    {
        var put = new PutItemRequest
        {
            TableName = options.Value.Name,
            Item = new()
            {
                [StoredNames.Id] = StoredValue.Of(directory),
                [StoredNames.Kind] = StoredValue.Of(partition.Key),
                [StoredNames.ExpiresAt] = StoredValue.OfSeconds(partition.Hour + Life),
            },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        return table.PutAsync(dynamoDb, put, CancellationToken.None);
    }

    /// <summary>Nothing is written into the hours that are over, but for what a clock that is behind still brings.</summary>
    private void ClearOld(DateTimeOffset hour)
    {
        if (hour <= _cleared)
        {
            return;
        }

        _cleared = hour;
        var old = time.GetUtcNow() - TimeSpan.FromHours(3);

        foreach (var key in _noted.Keys.Where(key => IndexPartition.Of(key.Partition).Hour < old))
        {
            _noted.TryRemove(key, out _);
        }
    }
}
