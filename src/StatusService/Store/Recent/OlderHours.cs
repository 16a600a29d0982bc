using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>
/// The hours in which a release before 0.2 has stored records, whose partitions of the index are in no directory. A new table has none; one that has
/// met such a release is looked through once, from the newest hour back, and from then on each minute for what such a release stores beside this one.
/// What is known is kept in the table, so that no process asks again.
/// </summary>
internal sealed class OlderHours(ITableClient dynamoDb, TableCalls table, IOptions<TableOptions> options, TimeProvider time)
{
    /// <summary>Days of the longest window there is, of a bulk redelivery.</summary>
    private const int LongestWindow = 366;

    /// <summary>Looked at together, and then noted.</summary>
    private const int HoursTogether = 24;

    /// <summary>Queries at a time: the table has better things to do.</summary>
    private const int AtATime = 4;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private volatile KnownHours? _known;

    private TimeSpan Back => TimeSpan.FromDays(Math.Max(LongestWindow, options.Value.RetentionDays));

    /// <summary>The hours between two times that have, or may have, such records, newest first.</summary>
    /// <exception cref="TableUnavailableException">It is not known.</exception>
    public async Task<IReadOnlyList<DateTimeOffset>> InAsync(DateTimeOffset oldest, DateTimeOffset newest, CancellationToken cancellationToken)
    {
        var known = _known ??= await ReadAsync(cancellationToken);
        var now = IndexPartition.HourOf(time.GetUtcNow());
        var (first, last) = (Later(IndexPartition.HourOf(oldest), now - Back), Earlier(IndexPartition.HourOf(newest), now));

        // Nobody has looked at those yet: before all that were looked at, and after them.
        var before = Hours(first, Earlier(known.From - Hour, last));
        var after = Hours(Later(first, known.To + Hour), last);

        return [.. known.Hours.Where(hour => hour >= first && hour <= newest).Concat(before).Union(after).OrderDescending()];
    }

    /// <summary>Looks at the hours that nobody has looked at yet: the newest, and a day's back.</summary>
    /// <returns>Whether there are more.</returns>
    /// <exception cref="TableUnavailableException">They were not all looked at.</exception>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var now = IndexPartition.HourOf(time.GetUtcNow());
        var known = await ReadAsync(cancellationToken);
        var earliest = now - Back;

        // The hour that has just ended too: what was stored in its last minute may have been too late for the last look.
        var newer = Hours(Later(Earlier(known.To, now - Hour), earliest), now);
        var back = known.From > earliest ? Hours(Later(earliest, known.From - (HoursTogether * Hour)), known.From - Hour) : [];

        var found = await FindAsync([.. newer, .. back], cancellationToken);
        var hours = known.Hours.Union(found).Where(hour => hour >= earliest).Order().ToArray();
        var next = new KnownHours(back.Count == 0 ? known.From : back[0], now, hours, known.Number + 1);

        if ((next.From != known.From || next.To != known.To || !next.Hours.SequenceEqual(known.Hours)) && !await WriteAsync(next, cancellationToken))
        {
            // Another process has written what it found since this one has read it: with that, once more.
            return true;
        }

        _known = next;
        return next.From > earliest;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static List<DateTimeOffset> Hours(DateTimeOffset first, DateTimeOffset last)
    {
        var hours = new List<DateTimeOffset>();

        for (var hour = first; hour <= last; hour += Hour)
        {
            hours.Add(hour);
        }

        return hours;
    }

    /// <summary>Those of some hours that have such a record, in any shard.</summary>
    private async Task<IReadOnlyCollection<DateTimeOffset>> FindAsync(IReadOnlyList<DateTimeOffset> hours, CancellationToken cancellationToken)
    {
        var found = new HashSet<DateTimeOffset>();

        await Parallel.ForEachAsync(
            hours.SelectMany(hour => Shards.CreatedIn(hour).Select(partition => (hour, partition))),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (one, token) =>
            {
                if (await HasAnyAsync(one.partition, token))
                {
                    lock (found)
                    {
                        found.Add(one.hour);
                    }
                }
            });

        return found;
    }

    private async Task<bool> HasAnyAsync(string partition, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = options.Value.Name,
            IndexName = TableDefinition.Recent.Name,
            KeyConditionExpression = "#partition = :partition",
            ExpressionAttributeNames = new() { ["#partition"] = StoredNames.CreatedShard },
            ExpressionAttributeValues = new() { [":partition"] = StoredValue.Of(partition) },
            Limit = 1,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        return (await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken)).Items.Count > 0;
    }

    /// <summary>Where nobody has looked yet, nothing is known but the time.</summary>
    private async Task<KnownHours> ReadAsync(CancellationToken cancellationToken)
    {
        var request = new GetItemRequest
        {
            TableName = options.Value.Name,
            Key = OlderHoursItem.Key(),
            ConsistentRead = true,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        var answer = await table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken);
        var next = IndexPartition.HourOf(time.GetUtcNow()) + Hour;

        return answer.Item is { } item ? OlderHoursItem.Read(item) : new KnownHours(next, next, [], Number: 0);
    }

    /// <returns>False: another process has, since it was read.</returns>
    private async Task<bool> WriteAsync(KnownHours known, CancellationToken cancellationToken)
    {
        var put = new PutItemRequest
        {
            TableName = options.Value.Name,
            Item = OlderHoursItem.Write(known),
            ConditionExpression = "attribute_not_exists(#number) OR #number < :number",
            ExpressionAttributeNames = new() { ["#number"] = StoredNames.Older.Number },
            ExpressionAttributeValues = new() { [":number"] = StoredValue.Of(known.Number) },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        return (await table.PutAsync(dynamoDb, put, cancellationToken)).Applied;
    }
}

/// <param name="From">The first hour that was looked at, and all after it.</param>
/// <param name="To">The last one; it and the one before are looked at again.</param>
/// <param name="Hours">Those with records, in their order.</param>
/// <param name="Number">One more with each write.</param>
internal sealed record KnownHours(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<DateTimeOffset> Hours, long Number);
