namespace Waybill.LightBackend.DynamoDb;

/// <param name="Place">The index's sort key.</param>
internal sealed record IndexEntry(decimal Place, ItemKey Key) : IComparable<IndexEntry>
{
    private const string Highest = "\uffff";

    public static IndexEntry First(decimal place) => new(place, new ItemKey("", ""));

    public static IndexEntry Last(decimal place) => new(place, new ItemKey(Highest, Highest));

    public int CompareTo(IndexEntry? other)
    {
        var byPlace = Place.CompareTo(other!.Place);
        return byPlace != 0 ? byPlace : Key.CompareTo(other.Key);
    }
}
