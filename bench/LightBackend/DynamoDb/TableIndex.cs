using System.Globalization;
using Waybill.Notifications.Storage;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>One global secondary index, sorted: what Waybill asks of it costs no walk over the table.</summary>
internal sealed class TableIndex(IndexDefinition definition)
{
    private readonly Dictionary<string, SortedSet<IndexEntry>> _partitions = new(StringComparer.Ordinal);

    public IndexDefinition Definition => definition;

    /// <returns>Writes to the index: 0 when nothing in it changed, 2 when an entry had to move.</returns>
    public int Replace(Item? old, Item item)
    {
        var before = old is null ? null : Entry(old);
        var after = Entry(item);

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
            Partition(added.Partition).Add(added.Entry);
        }

        return (before is null ? 0 : 1) + (after is null ? 0 : 1);
    }

    /// <param name="after">The entry to go on behind; null from the start.</param>
    public IEnumerable<IndexEntry> Read(string partition, decimal from, decimal to, bool forward, IndexEntry? after)
    {
        var range = Partition(partition).GetViewBetween(IndexEntry.First(from), IndexEntry.Last(to));
        var entries = forward ? range : range.Reverse();
        return after is null ? entries : entries.Where(entry => forward ? entry.CompareTo(after) > 0 : entry.CompareTo(after) < 0);
    }

    public IndexEntry EntryOf(Item keys) => Entry(keys)!.Value.Entry;

    public Item KeysOf(string partition, IndexEntry entry) => new()
    {
        [TableDefinition.PartitionKey] = new() { S = entry.Key.Partition },
        [TableDefinition.SortKey] = new() { S = entry.Key.Sort },
        [definition.PartitionKey] = new() { S = partition },
        [definition.SortKey] = new() { N = entry.Place.ToString(CultureInfo.InvariantCulture) },
    };

    private SortedSet<IndexEntry> Partition(string name)
    {
        if (!_partitions.TryGetValue(name, out var partition))
        {
            _partitions[name] = partition = [];
        }

        return partition;
    }

    private (string Partition, IndexEntry Entry)? Entry(Item item) =>
        item.GetValueOrDefault(definition.PartitionKey)?.S is { } partition && item.GetValueOrDefault(definition.SortKey)?.N is { } place
            ? (partition, new IndexEntry(decimal.Parse(place, CultureInfo.InvariantCulture), ItemKey.Of(item)))
            : null;
}
