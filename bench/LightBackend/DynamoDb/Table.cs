using Waybill.Notifications.Storage;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>The one table with its indexes. Every operation is atomic, and every query sees all that was written.</summary>
internal sealed class Table
{
    /// <summary>What one query reads at most, in bytes.</summary>
    private const int MostOfPage = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TablePartition> _partitions = new(StringComparer.Ordinal);
    private readonly TableIndex[] _indexes = [.. TableDefinition.Indexes.Select(index => new TableIndex(index))];

    public StoredItem? Get(ItemKey key)
    {
        lock (_lock)
        {
            return Find(key);
        }
    }

    /// <param name="change">Makes the new item of the old one, or throws when its condition does not hold. Items are never changed once made.</param>
    public Written Write(ItemKey key, Func<Item?, Item> change)
    {
        lock (_lock)
        {
            var stored = Find(key);
            var old = stored?.Read();
            var item = change(old);
            ExpectKeyTypes(item);
            var now = StoredItem.Of(item);

            Put(key, now);

            var larger = Math.Max(now.Size, stored?.Size ?? 0);
            return new Written(stored, now, ItemSize.WriteUnits(larger) + _indexes.Sum(index => index.Replace(old, item)));
        }
    }

    public Page Query(KeyRange range)
    {
        lock (_lock)
        {
            return range.Index is { } name ? Cut(_indexes.Single(index => index.Name == name).Read(range), range) : Cut(OfTable(range), range);
        }
    }

    private IEnumerable<(ItemKey Key, StoredItem Item)> OfTable(KeyRange range) => _partitions.GetValueOrDefault(range.Partition)?.Read(range) ?? [];

    /// <summary>At the limit, or where more would be read than one answer may; as DynamoDB does, without a look whether anything follows a limit.</summary>
    private static Page Cut(IEnumerable<(ItemKey Key, StoredItem Item)> found, KeyRange range)
    {
        var items = new List<StoredItem>();
        var last = default(ItemKey);
        var bytes = 0;

        foreach (var (key, item) in found)
        {
            if (items.Count > 0 && bytes + item.Size > MostOfPage)
            {
                return new Page(items, bytes, Next());
            }

            items.Add(item);
            bytes += item.Size;
            last = key;

            if (items.Count == range.Limit)
            {
                return new Page(items, bytes, Next());
            }
        }

        return new Page(items, bytes, null);

        // An index's entries are keys already.
        StoredItem Next() => range.Index is null ? StoredItem.Of(last.ToItem()) : items[^1];
    }

    /// <exception cref="AwsError">A key of an index is of another type, or empty.</exception>
    private static void ExpectKeyTypes(Item item)
    {
        foreach (var (name, type) in TableDefinition.KeyTypes)
        {
            if (item.GetValueOrDefault(name) is { } value && (type == "N" ? value.N : value.S) is null or "")
            {
                throw new AwsError(DynamoDbOperations.Validation, $"One or more parameter values were invalid: Type mismatch for Index Key {name} Expected: {type}");
            }
        }
    }

    private StoredItem? Find(ItemKey key) => _partitions.GetValueOrDefault(key.Partition)?.Find(key.Sort);

    private void Put(ItemKey key, StoredItem item)
    {
        if (!_partitions.TryGetValue(key.Partition, out var partition))
        {
            _partitions[key.Partition] = partition = new TablePartition();
        }

        partition.Put(key.Sort, item);
    }
}

/// <param name="Old">Null for a new one.</param>
/// <param name="Units">Of the table and of the indexes.</param>
internal sealed record Written(StoredItem? Old, StoredItem Now, double Units);

/// <param name="Bytes">Read for it.</param>
/// <param name="Next">The key to go on behind; null where there is nothing more.</param>
internal sealed record Page(IReadOnlyList<StoredItem> Items, int Bytes, StoredItem? Next);
