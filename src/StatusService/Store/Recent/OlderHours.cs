using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>
/// The hours in which a release before 0.2 has stored records, whose partitions of the index are in no directory. A table that has never met such a
/// release has none. One that has is looked through once, and from then on each minute for what such a release still stores beside this one.
/// </summary>
internal sealed class OlderHours(ITableClient dynamoDb, TableCalls table, IOptions<TableOptions> options, TimeProvider time)
{
    public Task<IReadOnlyList<DateTimeOffset>> InAsync(DateTimeOffset oldest, DateTimeOffset newest, CancellationToken cancellationToken)
    {
        // TODO
        return Task.FromResult<IReadOnlyList<DateTimeOffset>>([]);
    }
}
