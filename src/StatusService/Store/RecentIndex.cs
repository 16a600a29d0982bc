using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store;

/// <summary>
/// Reads the index of records by time of creation, newest first, an hour or a part of it at a time: its shards together,
/// merged into one order. The index may lag by a moment.
/// </summary>
internal sealed class RecentIndex(ITableClient dynamoDb, TableCalls table, IOptions<TableOptions> options)
{
    /// <summary>Entries of one shard in one answer.</summary>
    private const int PageSize = 100;

    private const long Hour = 60 * 60 * 1000;

    /// <param name="from">The oldest millisecond to read.</param>
    /// <returns>What comes at once after a position, and the position after all of that.</returns>
    public async Task<(IReadOnlyList<RecentEntry> Entries, RecentPosition Next)> ReadAsync(RecentPosition position, long from, CancellationToken cancellationToken)
    {
        var newest = position.Newest;
        var start = newest - (newest % Hour);
        var oldest = Math.Max(from, start);

        var reads = await Task.WhenAll(Shards.CreatedIn(DateTimeOffset.FromUnixTimeMilliseconds(start))
            .Select(shard => ReadShardAsync(shard, oldest, newest, cancellationToken)));

        // Shards that were read in part hide what else there is from where they end; the others wait for them there.
        var complete = reads.Max(read => read.CompleteFrom);

        var entries = reads
            .SelectMany(read => read.Entries)
            .Where(entry => entry.Milliseconds >= complete && position.IsBefore(entry))
            .OrderByDescending(entry => entry.Milliseconds)
            .ThenByDescending(entry => entry.Tie, StringComparer.Ordinal);

        return ([.. entries], RecentPosition.Before(complete));
    }

    /// <returns>Entries, newest first, and the millisecond from which on they are all there are.</returns>
    private async Task<(List<RecentEntry> Entries, long CompleteFrom)> ReadShardAsync(string shard, long oldest, long newest, CancellationToken cancellationToken)
    {
        var entries = new List<RecentEntry>();
        var request = Query(shard, oldest, newest);

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

    private QueryRequest Query(string shard, long oldest, long newest) => new()
    {
        TableName = options.Value.Name,
        IndexName = TableDefinition.Recent.Name,
        KeyConditionExpression = "#shard = :shard AND #created BETWEEN :oldest AND :newest",
        ExpressionAttributeNames = new() { ["#shard"] = StoredNames.CreatedShard, ["#created"] = StoredNames.CreatedAt },
        ExpressionAttributeValues = new() { [":shard"] = StoredValue.Of(shard), [":oldest"] = StoredValue.Of(oldest), [":newest"] = StoredValue.Of(newest) },
        ScanIndexForward = false,
        Limit = PageSize,
        ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
    };

    private static RecentEntry Read(Item item) =>
        new(item.RequiredText(StoredNames.Id), item.RequiredTime(StoredNames.CreatedAt).ToUnixTimeMilliseconds());
}
