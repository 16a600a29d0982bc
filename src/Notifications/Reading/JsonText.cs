using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Waybill.Notifications.Json;

namespace Waybill.Notifications.Reading;

/// <summary>Reads JSON texts, which may hold half a surrogate pair (<c>"\ud800"</c>) and are no text then, and whole numbers.</summary>
public static class JsonText
{
    public static bool TryGetText(this JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = element.ValueKind == JsonValueKind.String ? OrNull(element.GetString) : null;
        return text is not null;
    }

    public static bool TryGetName(this JsonProperty property, [NotNullWhen(true)] out string? name)
    {
        name = OrNull(() => property.Name);
        return name is not null;
    }

    public static bool TryGetWholeNumber(this JsonElement element, out int number)
    {
        number = 0;
        return element.ValueKind == JsonValueKind.Number && WholeNumber.TryParse(JsonMarshal.GetRawUtf8Value(element), out number);
    }

    /// <param name="json">One JSON text.</param>
    /// <param name="max">Bytes of UTF-8 that it may have.</param>
    /// <returns>Its UTF-8 unless there is more, and how many bytes that is; both null when it is not Unicode text.</returns>
    public static (byte[]? Bytes, long? Length) Bytes(in ReadOnlySequence<byte> json, int max) =>
        Unescaped(json, text => text.Length <= max ? (text.ToArray(), text.Length) : (null, text.Length));

    /// <returns>The bytes unless there are more than <paramref name="max"/>, and how many; both null when it is not Base64.</returns>
    /// <inheritdoc cref="Bytes"/>
    public static (byte[]? Bytes, long? Length) FromBase64(in ReadOnlySequence<byte> json, int max) => Unescaped(json, text =>
    {
        if (!Base64.IsValid(text, out var length))
        {
            return (null, null);
        }

        if (length > max)
        {
            return (null, length);
        }

        var bytes = new byte[length];
        Base64.DecodeFromUtf8(text, bytes, out _, out _);
        return (bytes, length);
    });

    /// <summary>Reads the text where memory is used again.</summary>
    private static (byte[]? Bytes, long? Length) Unescaped(in ReadOnlySequence<byte> json, ReadText read)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)json.Length);

        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return read(buffer.AsSpan(0, reader.CopyString(buffer)));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return (null, null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private delegate (byte[]? Bytes, long? Length) ReadText(ReadOnlySpan<byte> text);

    private static string? OrNull(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            // The only way System.Text.Json has to say so.
            return null;
        }
    }
}

/// <summary>Lengths as JSON Schema counts them, and so the published document: in Unicode code points, of which an emoji is one.</summary>
public static class TextLength
{
    /// <param name="text">Without half of a surrogate pair.</param>
    public static int CodePoints(this string text) => text.Length - text.Count(char.IsHighSurrogate);
}
