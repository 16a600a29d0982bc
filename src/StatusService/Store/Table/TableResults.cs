using Amazon.DynamoDBv2.Model;

namespace Waybill.StatusService.Store.Table;

/// <summary>What DynamoDB says to a call.</summary>
/// <param name="Units">Of capacity that it took; 0 where the request does not ask for them (<c>ReturnConsumedCapacity</c>).</param>
internal abstract record TableResult(double Units)
{
    /// <summary>An item without attributes is none.</summary>
    protected static Item? Some(Item? item) => item is { Count: > 0 } ? item : null;
}

/// <param name="Item">Null when there is none.</param>
internal sealed record ItemRead(Item? Item, double Units = 0) : TableResult(Units)
{
    public Item? Item { get; } = Some(Item);
}

/// <param name="Items">Those that there are, by table, in no order.</param>
/// <param name="Left">What was left out of the answer, by table, as the next request has to ask for it.</param>
internal sealed record ItemsRead(Dictionary<string, List<Item>> Items, Dictionary<string, KeysAndAttributes> Left, double Units = 0) : TableResult(Units);

/// <param name="Next">Where the next page starts; null for the last.</param>
internal sealed record ItemPage(List<Item> Items, Item? Next, double Units = 0) : TableResult(Units)
{
    public Item? Next { get; } = Some(Next);

    /// <summary>Of the items, also where the request asks for their number only.</summary>
    public int Count { get; init; } = Items.Count;
}

/// <summary>What became of a write.</summary>
/// <param name="Applied">False: refused, as its condition does not hold.</param>
/// <param name="Item">
/// Applied: the item that the request asks for, before the write or after it. Refused: the item that stood in the way. Null where there is none.
/// </param>
internal sealed record WriteResult(bool Applied, Item? Item, double Units = 0) : TableResult(Units)
{
    public Item? Item { get; } = Some(Item);
}
