using System.Globalization;
using System.Numerics;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Records;

namespace Waybill.StatusService.Store.Items;

/// <summary>
/// Values to and from DynamoDB's attribute values. Times are milliseconds since 1970. Missing attributes read as null; one of another type than
/// is asked for, or out of range, throws <see cref="FormatException"/>: taken for a missing one, it could make a record look like another.
/// </summary>
internal static class StoredValue
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

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

    public static string? Text(this Item item, string name) => item.GetValueOrDefault(name) is { } value ? value.S ?? throw Wrong(name, "text") : null;

    public static int? Int(this Item item, string name) => item.Number<int>(name);

    public static long? Long(this Item item, string name) => item.Number<long>(name);

    public static double? Double(this Item item, string name) => item.Number<double>(name);

    public static bool? Bool(this Item item, string name) => item.GetValueOrDefault(name) is { } value ? value.BOOL ?? throw Wrong(name, "truth value") : null;

    public static DateTimeOffset? Time(this Item item, string name) => item.Long(name) is { } milliseconds
        ? milliseconds >= Earliest && milliseconds <= Latest ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : throw Wrong(name, "time")
        : null;

    public static byte[]? Bytes(this Item item, string name) => item.GetValueOrDefault(name) is { } value ? value.B?.ToArray() ?? throw Wrong(name, "binary") : null;

    /// <summary>Of a time to live.</summary>
    public static DateTimeOffset? TimeInSeconds(this Item item, string name) =>
        item.Long(name) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public static Item? Map(this Item item, string name) => item.GetValueOrDefault(name) is { } value ? value.M ?? throw Wrong(name, "map") : null;

    public static IReadOnlyList<AttributeValue> List(this Item item, string name) => item.GetValueOrDefault(name) is { } value ? value.L ?? throw Wrong(name, "list") : [];

    /// <summary>The maps in a list.</summary>
    public static IEnumerable<Item> Maps(this Item item, string name) => item.List(name).Select(entry => entry.M ?? throw Wrong(name, "list of maps"));

    public static IEnumerable<string> Texts(this Item item, string name) => item.List(name).Select(entry => entry.S ?? throw Wrong(name, "list of texts"));

    /// <summary>The whole numbers in a list.</summary>
    public static IEnumerable<int> Ints(this Item item, string name) => item.List(name).Select(entry => Number<int>(entry, name));

    /// <summary>A word of a vocabulary, perhaps another release's.</summary>
    public static T? Word<T>(this Item item, string name)
        where T : struct, IVocabulary<T> =>
        item.Text(name) switch
        {
            null => null,
            { Length: > Vocabulary.MaxLength } => throw Wrong(name, "word"),
            var text => T.Of(text),
        };

    public static T RequiredWord<T>(this Item item, string name)
        where T : struct, IVocabulary<T> => item.Word<T>(name) ?? throw Missing(name);

    public static string RequiredText(this Item item, string name) => item.Text(name) ?? throw Missing(name);

    public static byte[] RequiredBytes(this Item item, string name) => item.Bytes(name) ?? throw Missing(name);

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

    private static T? Number<T>(this Item item, string name)
        where T : struct, INumber<T> => item.GetValueOrDefault(name) is { } value ? Number<T>(value, name) : null;

    private static T Number<T>(AttributeValue value, string name)
        where T : struct, INumber<T> => T.TryParse(value.N, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(name, typeof(T) == typeof(double) ? "number" : "whole number");

    private static FormatException Wrong(string name, string kind) => new($"The stored item's '{name}' is no {kind}.");

    private static FormatException Missing(string name) => new($"The stored item has no '{name}'.");
}
