using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>
/// The index of all records, by time of creation. Before 0.2 its partitions were hours of all owners, and no directory had them: where such a
/// release was at work, those are read too.
/// </summary>
internal class RecentIndex(ITableClient dynamoDb, TableCalls table, PartitionDirectory directory, OlderHours older, IOptions<TableOptions> options)
    : CreationIndex(TableDefinition.Recent, dynamoDb, table, directory, options)
{
    protected override async IAsyncEnumerable<IndexSpan> SpansAsync(
        IndexScope scope,
        DateTimeOffset oldest,
        DateTimeOffset newest,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var others = new Queue<IndexSpan>((await older.InAsync(oldest, newest, cancellationToken)).Select(OfOlderHour));

        await foreach (var span in base.SpansAsync(scope, oldest, newest, cancellationToken))
        {
            while (others.TryPeek(out var other) && other.First > span.First)
            {
                yield return others.Dequeue();
            }

            yield return others.TryPeek(out var same) && same.First == span.First
                ? span with { Partitions = [.. span.Partitions, .. others.Dequeue().Partitions] }
                : span;
        }

        while (others.TryDequeue(out var other))
        {
            yield return other;
        }
    }

    protected OlderHours Older => older;

    private static IndexSpan OfOlderHour(DateTimeOffset hour) => OfHour(hour, Shards.CreatedIn(hour));
}
