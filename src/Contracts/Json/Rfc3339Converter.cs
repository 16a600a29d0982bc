using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Notifications.Json;

/// <summary>Times as RFC 3339 in UTC with milliseconds: <c>2026-11-20T19:31:14.000Z</c>; read by <see cref="Rfc3339"/>.</summary>
public sealed class Rfc3339Converter : JsonConverter<DateTimeOffset>
{
    /// <summary>Bytes of JSON within which no string is made to read it.</summary>
    private const int Usual = 64;

    /// <exception cref="JsonException">It is no time.</exception>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && TryRead(ref reader, out var time))
        {
            return time;
        }

        throw new JsonException($"It must be {Rfc3339.Allowed}.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Rfc3339.Text(value));

    private static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;

        if (length > Usual)
        {
            return Rfc3339.TryParse(reader.GetString(), out time);
        }

        Span<char> text = stackalloc char[Usual];
        return Rfc3339.TryParse(text[..reader.CopyString(text)], out time);
    }
}
