using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>The index of what has failed for good, by the time of failing.</summary>
internal sealed class FailedIndex(ITableClient dynamoDb, TableCalls table, PartitionDirectory directory, IOptions<TableOptions> options)
    : TimeIndex(TableDefinition.Failed, dynamoDb, table, directory, options)
{
    /// <summary>Most are chosen or counted by their key alone, and one is small.</summary>
    protected override int PageSize => 500;

    protected override AttributeValue First(long milliseconds) => StoredValue.Of(FailedKey.First(milliseconds));

    protected override AttributeValue Last(long milliseconds) => StoredValue.Of(FailedKey.Last(milliseconds));

    protected override IndexEntry Read(Item item)
    {
        var key = FailedKey.Parse(item.RequiredText(StoredNames.FailedAt));
        return new IndexEntry(item.RequiredText(StoredNames.Id), key.FailedAt, key);
    }
}
