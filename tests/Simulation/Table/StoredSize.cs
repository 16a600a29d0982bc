using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Waybill.Simulation.Table;

/// <summary>What an item counts towards DynamoDB's 400 KB, as its documentation has it: names and values, and three bytes for each map or list.</summary>
internal static class StoredSize
{
    private const int OfCollection = 3;
    private const int OfElement = 1;

    public static int Of(Item item) => item.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Of(pair.Value));

    private static int Of(AttributeValue value) => value switch
    {
        { S: { } text } => Encoding.UTF8.GetByteCount(text),
        { N: { } number } => (number.Length / 2) + 2,
        { B: { } bytes } => (int)bytes.Length,
        { M: { } map } => OfCollection + Of(map) + (OfElement * map.Count),
        { L: { } list } => OfCollection + list.Sum(element => OfElement + Of(element)),
        _ => 1,
    };
}
