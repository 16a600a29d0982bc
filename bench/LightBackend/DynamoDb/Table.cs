using Waybill.Notifications.Storage;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>The one table with its indexes. Every operation is atomic.</summary>
internal sealed class Table
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ItemKey, Item> _items = [];
    private readonly TableIndex[] _indexes = [.. TableDefinition.Indexes.Select(index => new TableIndex(index))];

    public Item? Get(ItemKey key)
    {
        lock (_lock)
        {
            return _items.GetValueOrDefault(key);
        }
    }

    /// <param name="change">Makes the new item of the old one, or throws when its condition does not hold. Items are never changed once made.</param>
    /// <returns>The old item, and the write units.</returns>
    public (Item? Old, double Units) Write(ItemKey key, Func<Item?, Item> change)
    {
        lock (_lock)
        {
            var old = _items.GetValueOrDefault(key);
            var item = change(old);
            _items[key] = item;

            var larger = Math.Max(ItemSize.Of(item), old is null ? 0 : ItemSize.Of(old));
            return (old, ItemSize.WriteUnits(larger) + _indexes.Sum(index => index.Replace(old, item)));
        }
    }

    /// <returns>The keys of one page, and whether there is more.</returns>
    public (List<Item> Page, bool More) Query(KeyRange range)
    {
        lock (_lock)
        {
            var index = _indexes.Single(index => index.Definition.Name == range.Index);
            var after = range.StartAfter is { } keys ? index.EntryOf(keys) : null;
            var found = index.Read(range.Partition, range.From, range.To, range.Forward, after).Take(range.Limit + 1).ToList();

            return ([.. found.Take(range.Limit).Select(entry => index.KeysOf(range.Partition, entry))], found.Count > range.Limit);
        }
    }
}
