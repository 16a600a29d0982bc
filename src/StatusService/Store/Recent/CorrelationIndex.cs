using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>
/// The index of what has a correlation id. Each owner's are apart, so that nobody's question depends on who else uses the same id; for all owners,
/// each of them is asked.
/// </summary>
internal sealed class CorrelationIndex(ITableClient dynamoDb, TableCalls table, PartitionDirectory directory, IOptions<TableOptions> options)
    : CreationIndex(TableDefinition.Correlation, dynamoDb, table, directory, options)
{
    protected override async IAsyncEnumerable<IndexSpan> SpansAsync(
        IndexScope scope,
        DateTimeOffset oldest,
        DateTimeOffset newest,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var owners = scope.Owner is { } owner ? [owner] : await Directory.OwnersAsync(cancellationToken);

        // Nobody has sent anything yet.
        if (owners.Count == 0)
        {
            yield break;
        }

        yield return new IndexSpan(
            oldest.ToUnixTimeMilliseconds(),
            newest.ToUnixTimeMilliseconds(),
            [.. owners.Select(one => StateItem.CorrelationKey(one, scope.CorrelationId!))]);
    }
}
