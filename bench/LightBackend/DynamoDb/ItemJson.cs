using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>Items in the form that DynamoDB's JSON has: each value an object with its type as the only name.</summary>
internal static class ItemJson
{
    public static Item Read(JsonElement json)
    {
        var item = new Item();

        foreach (var attribute in json.EnumerateObject())
        {
            item[attribute.Name] = ReadValue(attribute.Value);
        }

        return item;
    }

    public static Item? ReadOptional(JsonElement request, string name) => request.TryGetProperty(name, out var json) ? Read(json) : null;

    public static void Write(Utf8JsonWriter json, Item item)
    {
        json.WriteStartObject();

        foreach (var (name, value) in item)
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    private static AttributeValue ReadValue(JsonElement json)
    {
        var typed = json.EnumerateObject().First();

        return typed.Name switch
        {
            "S" => new AttributeValue { S = typed.Value.GetString() },
            "N" => new AttributeValue { N = typed.Value.GetString() },
            "B" => new AttributeValue { B = Bytes(typed.Value.GetBytesFromBase64()) },
            "BOOL" => new AttributeValue { BOOL = typed.Value.GetBoolean() },
            "M" => new AttributeValue { M = Read(typed.Value), IsMSet = true },
            "L" => new AttributeValue { L = [.. typed.Value.EnumerateArray().Select(ReadValue)], IsLSet = true },
            _ => throw new AwsError(DynamoDbOperations.Validation, $"The type {typed.Name} is not supported."),
        };
    }

    private static void WriteValue(Utf8JsonWriter json, AttributeValue value)
    {
        json.WriteStartObject();

        switch (value)
        {
            case { S: { } text }:
                json.WriteString("S", text);
                break;

            case { N: { } number }:
                json.WriteString("N", number);
                break;

            case { B: { } bytes }:
                json.WriteBase64String("B", bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
                break;

            case { BOOL: { } flag }:
                json.WriteBoolean("BOOL", flag);
                break;

            case { IsLSet: true }:
                WriteList(json, value.L);
                break;

            default:
                json.WritePropertyName("M");
                Write(json, value.M);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, List<AttributeValue> list)
    {
        json.WriteStartArray("L");
        list.ForEach(entry => WriteValue(json, entry));
        json.WriteEndArray();
    }

    private static MemoryStream Bytes(byte[] bytes) => new(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);
}
