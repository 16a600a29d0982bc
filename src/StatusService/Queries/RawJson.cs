using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Waybill.StatusService.Queries;

/// <summary>
/// JSON that is written as it is, byte for byte: the spelling of numbers, escapes and repeated names are the client's, and
/// nesting may be deeper than the serializer's own limit.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class RawJson
{
    /// <summary>As deep as intake takes.</summary>
    private const int MaxDepth = 256;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    private readonly byte[] _bytes;

    private RawJson(byte[] bytes) => _bytes = bytes;

    /// <returns>False when the bytes are not JSON.</returns>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out RawJson? json)
    {
        json = IsJson(bytes) ? new RawJson(bytes) : null;
        return json is not null;
    }

    private static bool IsJson(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            return true;
        }
        catch (JsonException)
        {
            // The only way System.Text.Json has to say so.
            return false;
        }
    }

    private sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("It is only ever written.");

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value._bytes, skipInputValidation: true);
    }
}
