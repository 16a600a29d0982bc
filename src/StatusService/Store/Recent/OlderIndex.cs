using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>
/// Of the index of all records the hours in which a release before 0.2 was at work: what it stored is in no other index, and what it did to records of
/// this release neither.
/// </summary>
internal sealed class OlderIndex(ITableClient dynamoDb, TableCalls table, PartitionDirectory directory, OlderHours older, IOptions<TableOptions> options)
    : RecentIndex(dynamoDb, table, directory, older, options)
{
    protected override async IAsyncEnumerable<IndexSpan> SpansAsync(
        IndexScope scope,
        DateTimeOffset oldest,
        DateTimeOffset newest,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hours = (await Older.InAsync(oldest, newest, cancellationToken)).Select(hour => hour.ToUnixTimeMilliseconds()).ToHashSet();

        if (hours.Count == 0)
        {
            yield break;
        }

        await foreach (var span in base.SpansAsync(scope, oldest, newest, cancellationToken))
        {
            if (hours.Contains(span.First))
            {
                yield return span;
            }
        }
    }
}
