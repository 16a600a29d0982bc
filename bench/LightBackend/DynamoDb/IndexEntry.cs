namespace Waybill.LightBackend.DynamoDb;

/// <param name="Place">The index's sort key.</param>
internal sealed record IndexEntry(SortValue Place, ItemKey Key) : IComparable<IndexEntry>
{
    private const string Highest = "\uffff";

    public static IndexEntry First(SortValue place) => new(place, new ItemKey("", ""));

    public static IndexEntry Last(SortValue place) => new(place, new ItemKey(Highest, Highest));

    public int CompareTo(IndexEntry? other)
    {
        var byPlace = Place.CompareTo(other!.Place);
        return byPlace != 0 ? byPlace : Key.CompareTo(other.Key);
    }
}
