using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Waybill.StatusService.Store;

/// <summary>Values to and from DynamoDB's attribute values. Times are milliseconds since 1970. Missing attributes read as null.</summary>
internal static class StoredValue
{
    public static AttributeValue Of(string text) => new() { S = text };

    public static AttributeValue Of(int number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Of(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Of(double number) => new() { N = Math.Round(number, 3).ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Of(bool value) => new() { BOOL = value };

    public static AttributeValue Of(DateTimeOffset time) => new() { N = time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue OfSeconds(DateTimeOffset time) => new() { N = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Of(byte[] bytes) => new() { B = new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true) };

    public static AttributeValue Of(Item map) => new() { M = map };

    public static AttributeValue Of(IEnumerable<AttributeValue> list) => new() { L = [.. list] };

    public static string? Text(this Item item, string name) => item.GetValueOrDefault(name)?.S;

    public static int? Int(this Item item, string name) =>
        item.GetValueOrDefault(name)?.N is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;

    public static long? Long(this Item item, string name) =>
        item.GetValueOrDefault(name)?.N is { } number ? long.Parse(number, CultureInfo.InvariantCulture) : null;

    public static double? Double(this Item item, string name) =>
        item.GetValueOrDefault(name)?.N is { } number ? double.Parse(number, CultureInfo.InvariantCulture) : null;

    public static bool? Bool(this Item item, string name) => item.GetValueOrDefault(name)?.BOOL;

    public static DateTimeOffset? Time(this Item item, string name) =>
        item.GetValueOrDefault(name)?.N is { } number ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(number, CultureInfo.InvariantCulture)) : null;

    /// <summary>Of a time to live.</summary>
    public static DateTimeOffset? TimeInSeconds(this Item item, string name) =>
        item.Long(name) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public static byte[]? Bytes(this Item item, string name) => item.GetValueOrDefault(name)?.B?.ToArray();

    public static Item? Map(this Item item, string name) => item.GetValueOrDefault(name)?.M;

    public static IReadOnlyList<AttributeValue> List(this Item item, string name) => item.GetValueOrDefault(name)?.L ?? [];

    public static string RequiredText(this Item item, string name) => item.Text(name) ?? throw Missing(name);

    public static int RequiredInt(this Item item, string name) => item.Int(name) ?? throw Missing(name);

    public static DateTimeOffset RequiredTime(this Item item, string name) => item.Time(name) ?? throw Missing(name);

    /// <summary>Adds what is not null.</summary>
    public static void AddIf(this Item item, string name, AttributeValue? value)
    {
        if (value is not null)
        {
            item[name] = value;
        }
    }

    private static FormatException Missing(string name) => new($"The stored item has no '{name}'.");
}
