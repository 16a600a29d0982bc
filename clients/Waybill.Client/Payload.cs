using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waybill.Client;

/// <summary>Makes payloads of values.</summary>
public static class Payload
{
    /// <summary>By JSON that was generated when the program was compiled: it needs no reflection, and may be trimmed and compiled ahead of time.</summary>
    /// <param name="type">Of a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>.</param>
    /// <exception cref="NotSupportedException">The value has a part that is no JSON.</exception>
    public static JsonElement Of<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(value, type);
}
