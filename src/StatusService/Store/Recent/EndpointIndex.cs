using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>The index of what was for an endpoint. Ids of endpoints are random, so each has a partition of its own; whose it is the records tell.</summary>
internal sealed class EndpointIndex(ITableClient dynamoDb, TableCalls table, PartitionDirectory directory, IOptions<TableOptions> options)
    : CreationIndex(TableDefinition.Endpoint, dynamoDb, table, directory, options)
{
    protected override async IAsyncEnumerable<IndexSpan> SpansAsync(
        IndexScope scope,
        DateTimeOffset oldest,
        DateTimeOffset newest,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new IndexSpan(oldest.ToUnixTimeMilliseconds(), newest.ToUnixTimeMilliseconds(), [scope.EndpointId!]);
    }
}
