using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.Json;

/// <summary>A word as its text, also one that this release does not know.</summary>
public sealed class VocabularyConverter<T> : JsonConverter<T>
    where T : struct, IVocabulary<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || reader.GetString() is not { Length: <= Vocabulary.MaxLength } text)
        {
            throw new JsonException($"Must be a text of at most {Vocabulary.MaxLength} characters.");
        }

        return Vocabulary.TryParse<T>(text, out var known) ? known : T.Of(text);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text());
}
