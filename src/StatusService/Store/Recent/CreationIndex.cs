using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Recent;

/// <summary>An index that is ordered by time of creation.</summary>
internal abstract class CreationIndex(IndexDefinition index, ITableClient dynamoDb, TableCalls table, PartitionDirectory directory, IOptions<TableOptions> options)
    : TimeIndex(index, dynamoDb, table, directory, options)
{
    protected override AttributeValue First(long milliseconds) => StoredValue.Of(milliseconds);

    protected override AttributeValue Last(long milliseconds) => StoredValue.Of(milliseconds);

    protected override IndexEntry Read(Item item) =>
        new(item.RequiredText(StoredNames.Id), item.RequiredTime(StoredNames.CreatedAt).ToUnixTimeMilliseconds());
}
