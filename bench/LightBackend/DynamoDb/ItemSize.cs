using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>Bytes and units as the DynamoDB developer guide counts them ("Item sizes and formats", "Capacity unit consumption").</summary>
internal static class ItemSize
{
    private const int WriteUnit = 1024;
    private const int ReadUnit = 4096;

    /// <summary>Lists and maps cost three bytes, and one for each entry.</summary>
    private const int Container = 3;

    public static int Of(Item item) => item.Sum(attribute => Text(attribute.Key) + Of(attribute.Value));

    public static double WriteUnits(int bytes) => Math.Max(1, Math.Ceiling(bytes / (double)WriteUnit));

    /// <summary>Half of it when eventual consistency is enough. An item that is not there, or a page without any, costs the least there is.</summary>
    public static double ReadUnits(int bytes, bool consistent)
    {
        var units = Math.Max(1, Math.Ceiling(bytes / (double)ReadUnit));
        return consistent ? units : units / 2;
    }

    private static int Of(AttributeValue value) => value switch
    {
        { S: { } text } => Text(text),
        { N: { } number } => ((number.Length + 1) / 2) + 1,
        { B: { } bytes } => (int)bytes.Length,
        { BOOL: not null } => 1,
        { IsLSet: true } => Container + value.L.Sum(entry => 1 + Of(entry)),
        _ => Container + value.M.Sum(entry => 1 + Text(entry.Key) + Of(entry.Value)),
    };

    private static int Text(string text) => Encoding.UTF8.GetByteCount(text);
}
