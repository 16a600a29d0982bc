using Amazon.DynamoDBv2.Model;

namespace Waybill.StatusService.Tests.Support;

/// <summary>Items as text, map entries in order of their names, so that two can be compared.</summary>
internal static class ItemText
{
    public static Dictionary<string, string> Of(Item? item) =>
        (item ?? []).ToDictionary(attribute => attribute.Key, attribute => Of(attribute.Value));

    private static string Of(AttributeValue value)
    {
        if (value.M is { } map)
        {
            return $"{{{string.Join(", ", map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {Of(entry.Value)}"))}}}";
        }

        if (value.L is { } list)
        {
            return $"[{string.Join(", ", list.Select(Of))}]";
        }

        return value.B is { } bytes ? Convert.ToBase64String(bytes.ToArray()) : value.S ?? value.N ?? $"{value.BOOL}";
    }
}
