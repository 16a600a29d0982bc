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
    private const long Hour = 60 * 60 * 1000;

    /// <summary>Entries of one partition in one answer, at least: fewer cost as much.</summary>
    private const int FewestOfPartition = 10;

    protected PartitionDirectory Directory => directory;

    /// <summary>Entries of one partition in one answer, at most.</summary>
    protected virtual int PageSize => 100;

    /// <param name="from">The oldest millisecond to read.</param>
    /// <param name="wanted">Entries that are enough for the caller, about: with many partitions each is asked for few.</param>
    /// <returns>What comes after a position, a page at a time; the last page ends before <paramref name="from"/>.</returns>
    public async IAsyncEnumerable<IndexPage> ReadAsync(
        IndexScope scope,
        RecentPosition start,
        long from,
        int wanted,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = start;

        await foreach (var span in SpansAsync(scope, Time(from), Time(start.Newest), cancellationToken))
        {
            var oldest = Math.Max(from, span.First);

            do
            {
                var page = await ReadAsync(span, position, oldest, OfEach(wanted, span.Partitions.Count), cancellationToken);
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

    /// <summary>The pieces of time that have something, newest first, with their partitions.</summary>
    protected virtual async IAsyncEnumerable<IndexSpan> SpansAsync(
        IndexScope scope,
        DateTimeOffset oldest,
        DateTimeOffset newest,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var partitions = new List<string>();
        var hour = DateTimeOffset.MaxValue;

        await foreach (var partition in directory.ReadAsync(index, scope.Owner, oldest, newest, cancellationToken))
        {
            if (partition.Hour != hour && partitions.Count > 0)
            {
                yield return OfHour(hour, partitions);
                partitions = [];
            }

            hour = partition.Hour;
            partitions.Add(partition.Key);
        }

        if (partitions.Count > 0)
        {
            yield return OfHour(hour, partitions);
        }
    }

    protected static IndexSpan OfHour(DateTimeOffset start, IReadOnlyList<string> partitions) =>
        new(start.ToUnixTimeMilliseconds(), start.ToUnixTimeMilliseconds() + Hour - 1, partitions);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>Twice their share, as they are never quite even.</summary>
    private int OfEach(int wanted, int partitions) => (int)Math.Clamp(2L * wanted / Math.Max(1, partitions), FewestOfPartition, PageSize);

    private async Task<IndexPage> ReadAsync(IndexSpan span, RecentPosition position, long oldest, int ofEach, CancellationToken cancellationToken)
    {
        var newest = Math.Min(position.Newest, span.Last);
        var reads = await Task.WhenAll(span.Partitions.Select(partition => ReadAsync(partition, oldest, newest, ofEach, cancellationToken)));

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
    private async Task<(List<IndexEntry> Entries, long CompleteFrom)> ReadAsync(string partition, long oldest, long newest, int limit, CancellationToken cancellationToken)
    {
        var entries = new List<IndexEntry>();
        var request = Query(partition, oldest, newest, limit);

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

    private QueryRequest Query(string partition, long oldest, long newest, int limit) => new()
    {
        TableName = options.Value.Name,
        IndexName = index.Name,
        KeyConditionExpression = "#partition = :partition AND #time BETWEEN :oldest AND :newest",
        ExpressionAttributeNames = new() { ["#partition"] = index.PartitionKey, ["#time"] = index.SortKey },
        ExpressionAttributeValues = new() { [":partition"] = StoredValue.Of(partition), [":oldest"] = First(oldest), [":newest"] = Last(newest) },
        ScanIndexForward = false,
        Limit = limit,
        ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
    };
}

/// <summary>What comes at once after a position, and the position after all of that.</summary>
internal sealed record IndexPage(IReadOnlyList<IndexEntry> Entries, RecentPosition Next);

/// <summary>A piece of time, from its first millisecond to its last, since 1970.</summary>
/// <param name="Partitions">Of the index, by key.</param>
internal sealed record IndexSpan(long First, long Last, IReadOnlyList<string> Partitions);

/// <summary>Whose records are read.</summary>
/// <param name="Owner">Null for all.</param>
/// <param name="CorrelationId">For the index of those.</param>
/// <param name="EndpointId">For the index of those.</param>
internal sealed record IndexScope(string? Owner, string? CorrelationId = null, string? EndpointId = null);
