using System.Text.Json;

namespace Waybill.Receiving;

/// <summary>Finds the event's type in a body, reading no more of it than it takes.</summary>
internal static class EventType
{
    /// <returns>The member <c>type</c> of the object; null where there is none, it is no text, or the body is no JSON before it.</returns>
    public static string? Of(ReadOnlyMemory<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? Of(ref reader) : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text.
            return null;
        }
    }

    private static string? Of(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();

            if (isType)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }
}
