using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Waybill.StatusService.Store.Table;

/// <summary>Answers as DynamoDB's JSON protocol has them. What Waybill does not ask for is passed over.</summary>
internal static class ResponseJson
{
    public static ItemRead ReadGet(ReadOnlySpan<byte> body)
    {
        var (item, units) = ReadItem(body, "Item"u8);
        return new ItemRead(item, units);
    }

    public static WriteResult ReadWrite(ReadOnlySpan<byte> body)
    {
        var (item, units) = ReadItem(body, "Attributes"u8);
        return new WriteResult(true, item, units);
    }

    /// <param name="item">As <see cref="CallError.Item"/> has it.</param>
    public static WriteResult ReadRefusal(ReadOnlySpan<byte> item)
    {
        if (item.IsEmpty)
        {
            return new WriteResult(false, null);
        }

        var reader = new Utf8JsonReader(item);
        reader.Read();
        return new WriteResult(false, ItemJson.Read(ref reader));
    }

    public static ItemPage ReadQuery(ReadOnlySpan<byte> body)
    {
        List<Item> items = [];
        Item? next = null;
        var units = 0.0;
        var reader = new Utf8JsonReader(body);
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Items"u8))
            {
                reader.Read();
                items = ReadItems(ref reader);
            }
            else if (reader.ValueTextEquals("LastEvaluatedKey"u8))
            {
                reader.Read();
                next = ItemJson.Read(ref reader);
            }
            else if (reader.ValueTextEquals("ConsumedCapacity"u8))
            {
                reader.Read();
                units = ReadUnits(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new ItemPage(items, next, units);
    }

    public static ItemsRead ReadBatchGet(ReadOnlySpan<byte> body)
    {
        Dictionary<string, List<Item>> items = [];
        Dictionary<string, KeysAndAttributes> left = [];
        var units = 0.0;
        var reader = new Utf8JsonReader(body);
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Responses"u8))
            {
                reader.Read();
                ReadTables(ref reader, items);
            }
            else if (reader.ValueTextEquals("UnprocessedKeys"u8))
            {
                reader.Read();
                ReadKeys(ref reader, left);
            }
            else if (reader.ValueTextEquals("ConsumedCapacity"u8))
            {
                units = ReadUnitsOfTables(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new ItemsRead(items, left, units);
    }

    /// <param name="name">Of the member that holds the item.</param>
    private static (Item? Item, double Units) ReadItem(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name)
    {
        Item? item = null;
        var units = 0.0;
        var reader = new Utf8JsonReader(body);
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
            {
                reader.Read();
                item = ItemJson.Read(ref reader);
            }
            else if (reader.ValueTextEquals("ConsumedCapacity"u8))
            {
                reader.Read();
                units = ReadUnits(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return (item, units);
    }

    private static void ReadTables(ref Utf8JsonReader reader, Dictionary<string, List<Item>> tables)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var table = reader.GetString()!;
            reader.Read();
            tables[table] = ReadItems(ref reader);
        }
    }

    private static void ReadKeys(ref Utf8JsonReader reader, Dictionary<string, KeysAndAttributes> tables)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var keys = new KeysAndAttributes();
            tables[reader.GetString()!] = keys;
            reader.Read();

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKeys = reader.ValueTextEquals("Keys"u8);
                var isConsistent = reader.ValueTextEquals("ConsistentRead"u8);
                reader.Read();

                if (isKeys)
                {
                    keys.Keys = ReadItems(ref reader);
                }
                else if (isConsistent)
                {
                    keys.ConsistentRead = reader.GetBoolean();
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private static List<Item> ReadItems(ref Utf8JsonReader reader)
    {
        var items = new List<Item>();

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            items.Add(ItemJson.Read(ref reader));
        }

        return items;
    }

    /// <summary>Of all tables of an answer.</summary>
    private static double ReadUnitsOfTables(ref Utf8JsonReader reader)
    {
        var units = 0.0;
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            units += ReadUnits(ref reader);
        }

        return units;
    }

    private static double ReadUnits(ref Utf8JsonReader reader)
    {
        var units = 0.0;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUnits = reader.ValueTextEquals("CapacityUnits"u8);
            reader.Read();

            if (isUnits)
            {
                units = reader.GetDouble();
            }
            else
            {
                reader.Skip();
            }
        }

        return units;
    }
}
