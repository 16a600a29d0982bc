using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Waybill.StatusService.Store.Table;

/// <summary>Items and attribute values as DynamoDB's JSON protocol has them, of the types that Waybill stores and of those it may meet.</summary>
internal static class ItemJson
{
    public static void Write(Utf8JsonWriter writer, Item item)
    {
        writer.WriteStartObject();

        foreach (var (name, value) in item)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    public static Item Read(ref Utf8JsonReader reader)
    {
        var item = new Item();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            item[name] = ReadValue(ref reader);
        }

        return item;
    }

    private static void Write(Utf8JsonWriter writer, AttributeValue value)
    {
        writer.WriteStartObject();

        switch (value)
        {
            case { S: { } text }:
                writer.WriteString("S"u8, text);
                break;

            case { N: { } number }:
                writer.WriteString("N"u8, number);
                break;

            case { M: { } map }:
                writer.WritePropertyName("M"u8);
                Write(writer, map);
                break;

            case { L: { } list }:
                WriteList(writer, list);
                break;

            case { B: { } bytes }:
                writer.WriteBase64String("B"u8, bytes.TryGetBuffer(out var buffer) ? buffer : bytes.ToArray());
                break;

            case { BOOL: { } flag }:
                writer.WriteBoolean("BOOL"u8, flag);
                break;

            default:
                throw new NotSupportedException("Waybill stores no sets and no nulls.");
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, List<AttributeValue> list)
    {
        writer.WriteStartArray("L"u8);

        foreach (var entry in list)
        {
            Write(writer, entry);
        }

        writer.WriteEndArray();
    }

    private static AttributeValue ReadValue(ref Utf8JsonReader reader)
    {
        var value = new AttributeValue();
        reader.Read();
        var type = reader.GetString();
        reader.Read();

        switch (type)
        {
            case "S":
                value.S = reader.GetString();
                break;

            case "N":
                value.N = reader.GetString();
                break;

            case "M":
                value.M = Read(ref reader);
                break;

            case "L":
                value.L = ReadList(ref reader);
                break;

            case "B":
                var bytes = reader.GetBytesFromBase64();
                value.B = new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);
                break;

            case "BOOL":
                value.BOOL = reader.GetBoolean();
                break;

            case "NULL":
                value.NULL = reader.GetBoolean();
                break;

            default:
                reader.Skip();
                break;
        }

        // The end of the value's object.
        reader.Read();
        return value;
    }

    private static List<AttributeValue> ReadList(ref Utf8JsonReader reader)
    {
        var list = new List<AttributeValue>();

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            list.Add(ReadValue(ref reader));
        }

        return list;
    }
}
