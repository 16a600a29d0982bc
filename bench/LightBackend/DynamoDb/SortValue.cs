using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>A sort key, which is a number or a text; all of one index are of the same type.</summary>
/// <param name="Number">0 for a text.</param>
/// <param name="Text">Empty for a number.</param>
internal readonly record struct SortValue(decimal Number, string Text) : IComparable<SortValue>
{
    /// <summary>Before everything.</summary>
    public static SortValue First { get; } = new(decimal.MinValue, "");

    /// <summary>After everything.</summary>
    public static SortValue Last { get; } = new(decimal.MaxValue, "");

    /// <returns>Null for a value that is no sort key.</returns>
    public static SortValue? Of(AttributeValue? value) => value switch
    {
        { N: { } number } => new SortValue(decimal.Parse(number, CultureInfo.InvariantCulture), ""),
        { S: { } text } => new SortValue(0, text),
        _ => null,
    };

    public int CompareTo(SortValue other)
    {
        var byNumber = Number.CompareTo(other.Number);
        return byNumber != 0 ? byNumber : string.CompareOrdinal(Text, other.Text);
    }

    public AttributeValue ToAttribute() =>
        Text.Length > 0 ? new AttributeValue { S = Text } : new AttributeValue { N = Number.ToString(CultureInfo.InvariantCulture) };
}
