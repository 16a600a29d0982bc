using Waybill.Notifications.Storage;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>One global secondary index, sorted: what Waybill asks of it costs no walk over the table.</summary>
internal sealed class TableIndex(IndexDefinition definition)
{
    private readonly Dictionary<string, SortedSet<IndexEntry>> _partitions = new(StringComparer.Ordinal);

    public string Name => definition.Name;

    /// <returns>Write units: 0 when nothing in it changed, 2 when an entry had to move.</returns>
    public double Replace(Item? old, Item item)
    {
        var before = old is null ? null : Place(old);
        var after = Place(item);

        if (before == after)
        {
            return 0;
        }

        if (before is { } gone)
        {
            _partitions[gone.Partition].Remove(gone.Entry);
        }

        if (after is { } added)
        {
            if (!_partitions.TryGetValue(added.Partition, out var partition))
            {
                _partitions[added.Partition] = partition = [];
            }

            partition.Add(added.Entry);
        }

        return Units(before) + Units(after);
    }

    public IEnumerable<(ItemKey Key, StoredItem Item)> Read(KeyRange range)
    {
        if (!_partitions.TryGetValue(range.Partition, out var partition))
        {
            return [];
        }

        var first = IndexEntry.First(range.From);
        var last = IndexEntry.Last(range.To);
        var after = range.StartAfter is { } start ? Place(start)!.Value.Entry : null;

        if (after is not null)
        {
            (first, last) = range.Forward ? (after, last) : (first, after);
        }

        if (first.CompareTo(last) > 0)
        {
            return [];
        }

        var view = partition.GetViewBetween(first, last);

        return (range.Forward ? view : view.Reverse())
            .Where(entry => entry != after)
            .Select(entry => (entry.Key, StoredItem.Of(Keys(range.Partition, entry))));
    }

    private double Units((string Partition, IndexEntry Entry)? place) => place is { } there ? ItemSize.WriteUnits(ItemSize.Of(Keys(there.Partition, there.Entry))) : 0;

    private Item Keys(string partition, IndexEntry entry)
    {
        var keys = entry.Key.ToItem();
        keys[definition.PartitionKey] = new() { S = partition };
        keys[definition.SortKey] = entry.Place.ToAttribute();
        return keys;
    }

    /// <summary>None for an item that has not both keys.</summary>
    private (string Partition, IndexEntry Entry)? Place(Item item) =>
        item.GetValueOrDefault(definition.PartitionKey)?.S is { } partition && SortValue.Of(item.GetValueOrDefault(definition.SortKey)) is { } sort
            ? (partition, new IndexEntry(sort, ItemKey.Of(item)))
            : null;
}
