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
    /// <summary>The longest window there is, of a bulk redelivery.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromDays(366);

    /// <summary>Looked at together, and then noted.</summary>
    private const int HoursTogether = 24;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private volatile Known? _known;

    /// <summary>The hours between two times that have, or may have, such records, newest first.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> InAsync(DateTimeOffset oldest, DateTimeOffset newest, CancellationToken cancellationToken)
    {
        var known = _known ??= await ReadAsync(cancellationToken);
        var unchecked_ = new List<DateTimeOffset>();

        for (var hour = IndexPartition.HourOf(newest); known.From > IndexPartition.HourOf(oldest) && hour >= IndexPartition.HourOf(oldest); hour -= Hour)
        {
            if (hour < known.From && hour >= IndexPartition.HourOf(time.GetUtcNow() - Back))
            {
                unchecked_.Add(hour);
            }
        }

        return [.. known.Hours.Where(hour => hour >= IndexPartition.HourOf(oldest) && hour <= newest).Concat(unchecked_).OrderDescending()];
    }

    /// <summary>Looks at the hours that nobody has looked at yet: the newest, and a day's back.</summary>
    /// <returns>Whether there are more.</returns>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var now = IndexPartition.HourOf(time.GetUtcNow());
        var known = await ReadAsync(cancellationToken);

        // The hour that has just ended too: what was stored in its last minute may have been too late for the last look.
        var newer = Hours(Earlier(known.To, now - Hour), now);
        var end = now - Back;
        var back = known.From > end ? Hours(Later(end, known.From - (HoursTogether * Hour)), known.From - Hour) : [];

        var found = await FindAsync([.. newer, .. back], cancellationToken);
        var next = new Known(back.Count == 0 ? known.From : back[0], now, [.. known.Hours.Union(found).Where(hour => hour >= end).Order()]);

        if (next != known)
        {
            await WriteAsync(next, cancellationToken);
        }

        _known = next;
        return next.From > end;
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
}
