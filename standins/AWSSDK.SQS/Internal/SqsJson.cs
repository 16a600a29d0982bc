using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Amazon.SQS.Internal;

/// <summary>
/// The AWS JSON 1.0 form of the models: their own settable members under their own names, nothing for what is not set,
/// binary values in base 64.
/// </summary>
internal static class SqsJson
{
    internal static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new MemoryStreamConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepModelMembers } },
    };

    private static void KeepModelMembers(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.ToList())
        {
            if (property.AttributeProvider is not PropertyInfo { CanWrite: true, DeclaringType.Namespace: "Amazon.SQS.Model" })
            {
                type.Properties.Remove(property);
                continue;
            }

            property.ShouldSerialize = (_, value) => IsSet(value);
        }
    }

    /// <summary>Where the SDK fills in empty collections, an empty one says nothing; elsewhere it was put there on purpose.</summary>
    private static bool IsSet(object value)
        => value is ICollection { Count: 0 } ? !AWSConfigs.InitializeCollections : value is not null;

    private sealed class MemoryStreamConverter : JsonConverter<MemoryStream>
    {
        public override MemoryStream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => new(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, MemoryStream value, JsonSerializerOptions options)
            => writer.WriteBase64StringValue(value.ToArray());
    }
}
