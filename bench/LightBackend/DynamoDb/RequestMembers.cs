using System.Text.Json;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>Members that several requests have, and what their answers say of it.</summary>
internal static class RequestMembers
{
    public static string? Text(this JsonElement request, string name) => request.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static bool Flag(this JsonElement request, string name) => request.TryGetProperty(name, out var value) && value.GetBoolean();

    /// <summary>The names behind placeholders.</summary>
    public static Dictionary<string, string>? Names(this JsonElement request) =>
        request.TryGetProperty("ExpressionAttributeNames", out var names)
            ? names.EnumerateObject().ToDictionary(name => name.Name, name => name.Value.GetString()!)
            : null;

    public static void WriteItem(this Utf8JsonWriter json, string name, StoredItem item)
    {
        json.WritePropertyName(name);
        item.Write(json);
    }

    /// <summary>What a request for one item or one page took, where it asks for that.</summary>
    public static void WriteConsumed(this Utf8JsonWriter json, JsonElement request, double units)
    {
        if (request.Text("ReturnConsumedCapacity") is null or "NONE")
        {
            return;
        }

        json.WriteStartObject("ConsumedCapacity");
        json.WriteString("TableName", request.Text("TableName"));
        json.WriteNumber("CapacityUnits", units);
        json.WriteEndObject();
    }

    /// <summary>The same for a batch, which may be of several tables.</summary>
    public static void WriteConsumedOfTables(this Utf8JsonWriter json, double units)
    {
        json.WriteStartArray("ConsumedCapacity");
        json.WriteStartObject();
        json.WriteNumber("CapacityUnits", units);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
