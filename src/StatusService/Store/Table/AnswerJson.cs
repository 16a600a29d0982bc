using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Waybill.StatusService.Store.Table;

/// <summary>Answers as DynamoDB's JSON protocol has them. What Waybill does not ask for is passed over.</summary>
internal static class AnswerJson
{
    public static GetItemResponse ReadGet(ReadOnlySpan<byte> body)
    {
        var (item, capacity) = ReadItem(body, "Item"u8);

        return new GetItemResponse { Item = item, ConsumedCapacity = capacity };
    }

    public static PutItemResponse ReadPut(ReadOnlySpan<byte> body)
    {
        var (item, capacity) = ReadItem(body, "Attributes"u8);

        return new PutItemResponse { Attributes = item, ConsumedCapacity = capacity };
    }

    public static UpdateItemResponse ReadUpdate(ReadOnlySpan<byte> body)
    {
        var (item, capacity) = ReadItem(body, "Attributes"u8);

        return new UpdateItemResponse { Attributes = item, ConsumedCapacity = capacity };
    }

    public static QueryResponse ReadQuery(ReadOnlySpan<byte> body)
    {
        var answer = new QueryResponse { Items = [] };
        var reader = new Utf8JsonReader(body);
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Items"u8))
            {
                reader.Read();
                answer.Items = ReadItems(ref reader);
            }
            else if (reader.ValueTextEquals("LastEvaluatedKey"u8))
            {
                reader.Read();
                answer.LastEvaluatedKey = ItemJson.Read(ref reader);
            }
            else if (reader.ValueTextEquals("ConsumedCapacity"u8))
            {
                reader.Read();
                answer.ConsumedCapacity = ReadCapacity(ref reader);
            }
            else if (reader.ValueTextEquals("Count"u8))
            {
                reader.Read();
                answer.Count = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("ScannedCount"u8))
            {
                reader.Read();
                answer.ScannedCount = reader.GetInt32();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return answer;
    }

    public static BatchGetItemResponse ReadBatchGet(ReadOnlySpan<byte> body)
    {
        var answer = new BatchGetItemResponse { Responses = [], UnprocessedKeys = [], ConsumedCapacity = [] };
        var reader = new Utf8JsonReader(body);
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Responses"u8))
            {
                reader.Read();
                ReadTables(ref reader, answer.Responses);
            }
            else if (reader.ValueTextEquals("UnprocessedKeys"u8))
            {
                reader.Read();
                ReadKeys(ref reader, answer.UnprocessedKeys);
            }
            else if (reader.ValueTextEquals("ConsumedCapacity"u8))
            {
                ReadCapacities(ref reader, answer.ConsumedCapacity);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return answer;
    }

    /// <param name="name">Of the member that holds the item.</param>
    private static (Item? Item, ConsumedCapacity? Capacity) ReadItem(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name)
    {
        Item? item = null;
        ConsumedCapacity? capacity = null;
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
                capacity = ReadCapacity(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return (item, capacity);
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

    private static void ReadCapacities(ref Utf8JsonReader reader, List<ConsumedCapacity> capacities)
    {
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            capacities.Add(ReadCapacity(ref reader));
        }
    }

    private static ConsumedCapacity ReadCapacity(ref Utf8JsonReader reader)
    {
        var capacity = new ConsumedCapacity();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUnits = reader.ValueTextEquals("CapacityUnits"u8);
            reader.Read();

            if (isUnits)
            {
                capacity.CapacityUnits = reader.GetDouble();
            }
            else
            {
                reader.Skip();
            }
        }

        return capacity;
    }
}
