using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>Of the index of all records those that a release before 0.2 has stored, everybody's: no other index has them.</summary>
internal sealed class OlderIndex(ITableClient dynamoDb, TableCalls table, PartitionDirectory directory, OlderHours older, IOptions<TableOptions> options)
    : CreationIndex(TableDefinition.Recent, dynamoDb, table, directory, options)
{
    protected override async IAsyncEnumerable<IndexSpan> SpansAsync(
        IndexScope scope,
        DateTimeOffset oldest,
        DateTimeOffset newest,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var hour in await older.InAsync(oldest, newest, cancellationToken))
        {
            yield return OfHour(hour, Shards.CreatedIn(hour));
        }
    }
}
