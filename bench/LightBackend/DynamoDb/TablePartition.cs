namespace Waybill.LightBackend.DynamoDb;

/// <summary>The items of one partition key, by their sort keys: two of a notification, thousands of counts.</summary>
internal sealed class TablePartition
{
    private readonly SortedList<string, StoredItem> _items = new(StringComparer.Ordinal);

    public StoredItem? Find(string sortKey) => _items.GetValueOrDefault(sortKey);

    public void Put(string sortKey, StoredItem item) => _items[sortKey] = item;

    public IEnumerable<(ItemKey Key, StoredItem Item)> Read(KeyRange range)
    {
        var after = range.StartAfter is { } start ? ItemKey.Of(start).Sort : null;
        var first = From(range.From.CompareTo(SortValue.First) == 0 ? "" : range.From.Text);
        var last = (range.To.CompareTo(SortValue.Last) == 0 ? _items.Count : After(range.To.Text)) - 1;

        if (after is not null)
        {
            (first, last) = range.Forward ? (After(after), last) : (first, From(after) - 1);
        }

        for (var index = range.Forward ? first : last; index >= first && index <= last; index += range.Forward ? 1 : -1)
        {
            yield return (new ItemKey(range.Partition, _items.Keys[index]), _items.Values[index]);
        }
    }

    /// <summary>The place of the first item with this sort key or a later one.</summary>
    private int From(string sortKey)
    {
        var (low, high) = (0, _items.Count);

        while (low < high)
        {
            var middle = (low + high) / 2;

            if (string.CompareOrdinal(_items.Keys[middle], sortKey) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int After(string sortKey)
    {
        var place = From(sortKey);
        return place < _items.Count && _items.Keys[place] == sortKey ? place + 1 : place;
    }
}
