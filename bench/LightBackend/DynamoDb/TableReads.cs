using System.Text.Json;
using Amazon.DynamoDBv2;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>Gets and queries. What they take is told as DynamoDB charges it: each item of a batch by itself, and also for what is not there.</summary>
internal sealed class TableReads(Table table)
{
    public void Get(JsonElement request, Utf8JsonWriter json)
    {
        var item = Find(request.GetProperty("Key"));

        if (item is not null)
        {
            json.WriteItem("Item", Projected(item, request));
        }

        json.WriteConsumed(request, Units(item, request));
    }

    public void BatchGet(JsonElement request, Utf8JsonWriter json)
    {
        var units = 0.0;
        json.WriteStartObject("Responses");

        foreach (var asked in request.GetProperty("RequestItems").EnumerateObject())
        {
            json.WriteStartArray(asked.Name);

            foreach (var key in asked.Value.GetProperty("Keys").EnumerateArray())
            {
                var item = Find(key);
                item?.Write(json);
                units += Units(item, asked.Value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartObject("UnprocessedKeys");
        json.WriteEndObject();
        json.WriteConsumedOfTables(units);
    }

    public void Query(JsonElement request, Utf8JsonWriter json)
    {
        var range = KeyRange.Read(request);
        var consistent = request.Flag("ConsistentRead");

        if (consistent && range.Index is not null)
        {
            throw new AwsError(DynamoDbOperations.Validation, "Consistent reads are not supported on global secondary indexes");
        }

        var page = table.Query(range);

        if (request.Text("Select") != Select.COUNT.Value)
        {
            json.WriteStartArray("Items");

            foreach (var item in page.Items)
            {
                item.Write(json);
            }

            json.WriteEndArray();
        }

        json.WriteNumber("Count", page.Items.Count);
        json.WriteNumber("ScannedCount", page.Items.Count);

        if (page.Next is { } next)
        {
            json.WriteItem("LastEvaluatedKey", next);
        }

        json.WriteConsumed(request, ItemSize.ReadUnits(page.Bytes, consistent));
    }

    private StoredItem? Find(JsonElement key) => table.Get(ItemKey.Of(ItemJson.Read(key)));

    private static double Units(StoredItem? item, JsonElement request) => ItemSize.ReadUnits(item?.Size ?? 0, request.Flag("ConsistentRead"));

    /// <summary>Only whole attributes are asked for.</summary>
    private static StoredItem Projected(StoredItem item, JsonElement request)
    {
        if (request.Text("ProjectionExpression") is not { } expression)
        {
            return item;
        }

        var names = request.Names() ?? [];
        var wanted = expression.Split(',', StringSplitOptions.TrimEntries).Select(name => names.GetValueOrDefault(name, name)).ToHashSet();
        return StoredItem.Of(item.Read().Where(attribute => wanted.Contains(attribute.Key)).ToDictionary());
    }
}
