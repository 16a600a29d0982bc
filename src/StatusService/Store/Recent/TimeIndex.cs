using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>
/// Reads an index whose partitions are hours, newest first, an hour or a part of it at a time: the partitions that there are, merged into one
/// order. An hour without any costs nothing. The index may lag by a moment.
/// </summary>
internal abstract class TimeIndex(IndexDefinition index, ITableClient dynamoDb, TableCalls table, PartitionDirectory directory, IOptions<TableOptions> options)
{
    /// <summary>Entries of one partition in one answer.</summary>
    private const int PageSize = 100;

    private const long Hour = 60 * 60 * 1000;

    /// <param name="owner">Whose; null for all.</param>
    /// <param name="from">The oldest millisecond to read.</param>
    /// <returns>What comes after a position, a page at a time; the last page ends before <paramref name="from"/>.</returns>
    public async IAsyncEnumerable<IndexPage> ReadAsync(
        string? owner,
        RecentPosition start,
        long from,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = start;

        await foreach (var hour in HoursAsync(owner, Time(from), Time(start.Newest), cancellationToken))
        {
            var oldest = Math.Max(from, hour.Start.ToUnixTimeMilliseconds());

            do
            {
                var page = await ReadAsync(hour.Partitions, position, oldest, cancellationToken);
                position = page.Next;
                yield return page;
            }
            while (position.Newest >= oldest);
        }

        yield return new IndexPage([], RecentPosition.Before(from));
    }

    /// <summary>The sort key of the first entry of a millisecond.</summary>
    protected abstract AttributeValue First(long milliseconds);

    /// <summary>The sort key of the last entry of a millisecond.</summary>
    protected abstract AttributeValue Last(long milliseconds);

    protected abstract IndexEntry Read(Item item);

    /// <summary>The hours that have something, newest first, with their partitions.</summary>
    protected virtual async IAsyncEnumerable<IndexHour> HoursAsync(
        string? owner,
        DateTimeOffset oldest,
        DateTimeOffset newest,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var partitions = new List<string>();
        var hour = DateTimeOffset.MaxValue;

        await foreach (var partition in directory.ReadAsync(index, owner, oldest, newest, cancellationToken))
        {
            if (partition.Hour != hour && partitions.Count > 0)
            {
                yield return new IndexHour(hour, partitions);
                partitions = [];
            }

            hour = partition.Hour;
            partitions.Add(partition.Key);
        }

        if (partitions.Count > 0)
        {
            yield return new IndexHour(hour, partitions);
        }
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private async Task<IndexPage> ReadAsync(IReadOnlyList<string> partitions, RecentPosition position, long oldest, CancellationToken cancellationToken)
    {
        var newest = Math.Min(position.Newest, oldest - (oldest % Hour) + Hour - 1);
        var reads = await Task.WhenAll(partitions.Select(partition => ReadAsync(partition, oldest, newest, cancellationToken)));

        // Partitions that were read in part hide what else there is from where they end; the others wait for them there.
        var complete = reads.Max(read => read.CompleteFrom);

        var entries = reads
            .SelectMany(read => read.Entries)
            .Where(entry => entry.Milliseconds >= complete && position.IsBefore(entry))
            .OrderByDescending(entry => entry.Milliseconds)
            .ThenByDescending(entry => entry.Tie, StringComparer.Ordinal);

        return new IndexPage([.. entries], RecentPosition.Before(complete));
    }

    /// <returns>Entries, newest first, and the millisecond from which on they are all there are.</returns>
    private async Task<(List<IndexEntry> Entries, long CompleteFrom)> ReadAsync(string partition, long oldest, long newest, CancellationToken cancellationToken)
    {
        var entries = new List<IndexEntry>();
        var request = Query(partition, oldest, newest);

        do
        {
            var answer = await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken);
            entries.AddRange(answer.Items.Select(Read));
            request.ExclusiveStartKey = answer.Next;

            if (answer.Next is null)
            {
                return (entries, oldest);
            }
        }
        while (entries.Count == 0 || entries[0].Milliseconds == entries[^1].Milliseconds);

        // The last millisecond may have more entries than were read, in an order that only DynamoDB knows.
        return (entries, entries[^1].Milliseconds + 1);
    }

    private QueryRequest Query(string partition, long oldest, long newest) => new()
    {
        TableName = options.Value.Name,
        IndexName = index.Name,
        KeyConditionExpression = "#partition = :partition AND #time BETWEEN :oldest AND :newest",
        ExpressionAttributeNames = new() { ["#partition"] = index.PartitionKey, ["#time"] = index.SortKey },
        ExpressionAttributeValues = new() { [":partition"] = StoredValue.Of(partition), [":oldest"] = First(oldest), [":newest"] = Last(newest) },
        ScanIndexForward = false,
        Limit = PageSize,
        ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
    };
}

/// <summary>What comes at once after a position, and the position after all of that.</summary>
internal sealed record IndexPage(IReadOnlyList<IndexEntry> Entries, RecentPosition Next);

/// <param name="Start">UTC.</param>
/// <param name="Partitions">Of the index, by key.</param>
internal sealed record IndexHour(DateTimeOffset Start, IReadOnlyList<string> Partitions);
