using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

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

/// <summary>What the index knows of a notification: its id and when it was created, in milliseconds since 1970.</summary>
internal sealed record RecentEntry(string Id, long Milliseconds)
{
    /// <summary>
    /// Orders what was created in the same millisecond. A hash, because it is given to clients in cursors and must not tell
    /// the id of another owner's notification. 16 hexadecimal digits.
    /// </summary>
    public string Tie { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("tie" + Id)).AsSpan(0, 8));
}

/// <summary>
/// A place in the order of listing: by time of creation and, within a millisecond, by <see cref="RecentEntry.Tie"/>, newest
/// first. What is before it has been seen; what is created later comes before it too, so it stays where it is.
/// </summary>
/// <param name="Milliseconds">Since 1970.</param>
/// <param name="Tie">Of the last entry of that millisecond that was seen; empty before the whole of it.</param>
internal sealed record RecentPosition(long Milliseconds, string Tie)
{
    /// <summary>Everything created before that time is still to come.</summary>
    public static RecentPosition Before(long milliseconds) => new(milliseconds, "");

    public static RecentPosition After(RecentEntry entry) => new(entry.Milliseconds, entry.Tie);

    /// <summary>The newest millisecond of which something is still to come.</summary>
    public long Newest => Tie.Length == 0 ? Milliseconds - 1 : Milliseconds;

    /// <summary>Whether an entry is still to come.</summary>
    public bool IsBefore(RecentEntry entry) =>
        entry.Milliseconds < Milliseconds
        || (entry.Milliseconds == Milliseconds && string.CompareOrdinal(entry.Tie, Tie) < 0);
}
