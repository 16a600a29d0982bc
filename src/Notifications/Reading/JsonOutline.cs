using System.Buffers;
using System.Text.Json;

namespace Waybill.Notifications.Reading;

/// <summary>
/// A JSON object as far as its fields are judged. A document of <c>0,0,0</c> takes twelve times the bytes that it is made of; so what is only
/// passed on is not made one, and of the other fields no more than shows what is wrong with them: their members, but none that lie deeper, and
/// not more than <see cref="MaxMembers"/>.
/// </summary>
public sealed class JsonOutline : IDisposable
{
    /// <summary>Deep enough for any real payload.</summary>
    public const int MaxDepth = 256;

    /// <summary>Of one object or array. More than any field may have.</summary>
    private const int MaxMembers = 200;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    private readonly OutlineWriter _text = new();
    private readonly Dictionary<string, ReadOnlySequence<byte>> _apart = new(StringComparer.Ordinal);
    private JsonDocument? _document;

    private JsonOutline()
    {
    }

    /// <summary>The object; where a field's value lies apart, one of its kind is in its place.</summary>
    public JsonElement Root => _document!.RootElement;

    /// <param name="json">In UTF-8; it must stay as it is as long as the outline is used.</param>
    /// <param name="apart">Fields of the object whose values are only passed on.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonOutline Read(in ReadOnlySequence<byte> json, IReadOnlyCollection<string> apart)
    {
        var outline = new JsonOutline();

        try
        {
            outline.ReadAll(json, apart);
            outline._document = JsonDocument.Parse(outline._text.Written);
            return outline;
        }
        catch
        {
            outline.Dispose();
            throw;
        }
    }

    /// <summary>The value of a field that lies apart, byte for byte.</summary>
    public ReadOnlySequence<byte> Whole(string name) => _apart[name];

    public void Dispose()
    {
        _document?.Dispose();
        _text.Dispose();
    }

    private void ReadAll(in ReadOnlySequence<byte> json, IReadOnlyCollection<string> apart)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: true, new JsonReaderState(ReaderOptions));
        reader.Read();

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadFields(ref reader, json, apart);
        }
        else
        {
            WriteKind(ref reader);
        }

        // Throws if anything follows.
        reader.Read();
    }

    private void ReadFields(ref Utf8JsonReader reader, in ReadOnlySequence<byte> json, IReadOnlyCollection<string> apart)
    {
        _text.Write("{"u8);

        for (var member = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; member++)
        {
            if (member >= MaxMembers)
            {
                reader.Skip();
                continue;
            }

            var name = NameAmong(apart, ref reader);
            WriteName(ref reader, member);
            reader.Read();

            if (name is null)
            {
                WriteField(ref reader);
            }
            else
            {
                var start = reader.TokenStartIndex;
                WriteKind(ref reader);
                _apart.TryAdd(name, json.Slice(start, reader.BytesConsumed - start));
            }
        }

        _text.Write("}"u8);
    }

    private void WriteField(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteMembers(ref reader);
                break;

            case JsonTokenType.StartArray:
                WriteEntries(ref reader);
                break;

            default:
                WriteScalar(ref reader);
                break;
        }
    }

    private void WriteMembers(ref Utf8JsonReader reader)
    {
        _text.Write("{"u8);

        for (var member = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; member++)
        {
            if (member >= MaxMembers)
            {
                reader.Skip();
                continue;
            }

            WriteName(ref reader, member);
            reader.Read();
            WriteScalar(ref reader);
        }

        _text.Write("}"u8);
    }

    private void WriteEntries(ref Utf8JsonReader reader)
    {
        _text.Write("["u8);

        for (var entry = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; entry++)
        {
            if (entry >= MaxMembers)
            {
                reader.Skip();
                continue;
            }

            _text.Write(entry > 0 ? ","u8 : default);
            WriteScalar(ref reader);
        }

        _text.Write("]"u8);
    }

    private void WriteName(ref Utf8JsonReader reader, int member)
    {
        _text.Write(member > 0 ? ","u8 : default);
        _text.WriteText(ref reader);
        _text.Write(":"u8);
    }

    /// <summary>What has an inside is written without it.</summary>
    private void WriteScalar(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                _text.WriteText(ref reader);
                break;

            case JsonTokenType.Number:
                _text.WriteNumber(ref reader);
                break;

            default:
                WriteKind(ref reader);
                break;
        }
    }

    /// <summary>Passes over a value and writes the shortest of its kind.</summary>
    private void WriteKind(ref Utf8JsonReader reader)
    {
        _text.Write(reader.TokenType switch
        {
            JsonTokenType.StartObject => "{}"u8,
            JsonTokenType.StartArray => "[]"u8,
            JsonTokenType.String => "\"\""u8,
            JsonTokenType.Number => "0"u8,
            JsonTokenType.True => "true"u8,
            JsonTokenType.False => "false"u8,
            _ => "null"u8,
        });

        reader.Skip();
    }

    private static string? NameAmong(IReadOnlyCollection<string> names, ref Utf8JsonReader reader)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name))
            {
                return name;
            }
        }

        return null;
    }
}
