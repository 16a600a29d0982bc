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

    /// <summary>Begins the entry of an owner.</summary>
    private const string Owner = "owner ";

    /// <summary>After every name.</summary>
    private const char LastCharacter = '\uffff';

    /// <summary>Longer than anything is kept that is not delivered again for years.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(3 * 366);

    /// <summary>Those that this process has noted, or is about to: noted again, they would only cost.</summary>
    private readonly ConcurrentDictionary<(string Index, string Partition), Lazy<Task>> _noted = new();

    private readonly ConcurrentDictionary<string, bool> _owners = new(StringComparer.Ordinal);

    private DateTimeOffset _cleared = DateTimeOffset.MinValue;

    /// <summary>Sees to it that a partition is found, before a record is written into it.</summary>
    /// <exception cref="TableUnavailableException">It may not be.</exception>
    public Task NoteAsync(IndexDefinition index, IndexPartition partition, CancellationToken cancellationToken)
    {
        ClearOld(partition.Hour);

        var noted = _noted.GetOrAdd(
            (index.Name, partition.Key),
            static (key, at) => new Lazy<Task>(() => at.Directory.WriteAsync(key, at.Index, at.Partition)),
            (Directory: this, Index: index, Partition: partition)).Value;

        return noted.IsCompletedSuccessfully ? Task.CompletedTask : FinishAsync(noted, cancellationToken);
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
        await foreach (var partition in EntriesAsync(Name(index, owner), IndexPartition.First(oldest), IndexPartition.Last(newest), cancellationToken))
        {
            yield return IndexPartition.Of(partition);
        }
    }

    /// <summary>Whoever has had a record.</summary>
    public async Task<IReadOnlyList<string>> OwnersAsync(CancellationToken cancellationToken)
    {
        var owners = new List<string>();

        await foreach (var entry in EntriesAsync(TableDefinition.Partitions, Owner, Owner + LastCharacter, cancellationToken))
        {
            owners.Add(entry[Owner.Length..]);
        }

        return owners;
    }

    /// <returns>The sort keys between two, the last first.</returns>
    private async IAsyncEnumerable<string> EntriesAsync(string directory, string first, string last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = options.Value.Name,
            KeyConditionExpression = "#directory = :directory AND #entry BETWEEN :first AND :last",
            ExpressionAttributeNames = new() { ["#directory"] = StoredNames.Id, ["#entry"] = StoredNames.Kind },
            ExpressionAttributeValues = new() { [":directory"] = StoredValue.Of(directory), [":first"] = StoredValue.Of(first), [":last"] = StoredValue.Of(last) },
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
                yield return item.RequiredText(StoredNames.Kind);
            }

            request.ExclusiveStartKey = page.Next;
        }
        while (request.ExclusiveStartKey is not null);
    }

    private static string Name(IndexDefinition index, string? owner) =>
        owner is null ? $"{TableDefinition.Partitions} {index.Name}" : $"{TableDefinition.Partitions} {index.Name} {owner}";

    /// <summary>Whoever waits awaits a task of its own: of several that await one, .NET lets all but one go on elsewhere, on threads of the pool.</summary>
    private static async Task FinishAsync(Task noted, CancellationToken cancellationToken)
    {
        await Task.WhenAny(noted).WaitAsync(cancellationToken);
        await noted;
    }

    /// <summary>For all, and for its owner alone; and the owner. Repeated, it changes nothing.</summary>
    private async Task WriteAsync((string Index, string Partition) key, IndexDefinition index, IndexPartition partition)
    {
        try
        {
            await Task.WhenAll(
                PutAsync(Name(index, null), partition.Key, partition.Hour),
                PutAsync(Name(index, partition.Owner), partition.Key, partition.Hour),
                _owners.ContainsKey(partition.Owner) ? Task.CompletedTask : PutAsync(TableDefinition.Partitions, Owner + partition.Owner, partition.Hour));

            _owners[partition.Owner] = true;
        }
        catch
        {
            // The next one tries again, also where nobody waits any more to be told.
            _noted.TryRemove(key, out _);
            throw;
        }
    }

    private Task PutAsync(string directory, string entry, DateTimeOffset hour)
    {
        var put = new PutItemRequest
        {
            TableName = options.Value.Name,
            Item = new()
            {
                [StoredNames.Id] = StoredValue.Of(directory),
                [StoredNames.Kind] = StoredValue.Of(entry),
                [StoredNames.ExpiresAt] = StoredValue.OfSeconds(hour + Life),
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
