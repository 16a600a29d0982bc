using Waybill.Notifications.Storage;

namespace Waybill.LightBackend.DynamoDb;

internal readonly record struct ItemKey(string Partition, string Sort) : IComparable<ItemKey>
{
    public static ItemKey Of(Item item) => new(item[TableDefinition.PartitionKey].S, item[TableDefinition.SortKey].S);

    public Item ToItem() => new()
    {
        [TableDefinition.PartitionKey] = new() { S = Partition },
        [TableDefinition.SortKey] = new() { S = Sort },
    };

    public int CompareTo(ItemKey other)
    {
        var byPartition = string.CompareOrdinal(Partition, other.Partition);
        return byPartition != 0 ? byPartition : string.CompareOrdinal(Sort, other.Sort);
    }
}
