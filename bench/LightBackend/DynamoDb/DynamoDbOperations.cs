using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Simulation.Table;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>The operations that the services use, with conditions, old items and consumed capacity.</summary>
internal sealed class DynamoDbOperations(Table table)
{
    private const string Namespace = "com.amazonaws.dynamodb.v20120810#";
    public const string Validation = "com.amazon.coral.validate#ValidationException";

    public void Answer(string operation, JsonElement request, Utf8JsonWriter json)
    {
        switch (operation)
        {
            case "GetItem":
                Get(request, json);
                break;

            case "BatchGetItem":
                BatchGet(request, json);
                break;

            case "PutItem":
                Put(request, json);
                break;

            case "UpdateItem":
                Update(request, json);
                break;

            case "Query":
                Query(request, json);
                break;

            case "DescribeTable":
                json.WriteStartObject("Table");
                json.WriteString("TableStatus", "ACTIVE");
                json.WriteEndObject();
                break;

            default:
                throw new AwsError("com.amazon.coral.service#UnknownOperationException", $"{operation} is not supported.");
        }
    }

    private void Get(JsonElement request, Utf8JsonWriter json)
    {
        var item = table.Get(ItemKey.Of(ItemJson.Read(request.GetProperty("Key"))));

        if (item is not null)
        {
            json.WritePropertyName("Item");
            ItemJson.Write(json, item);
        }

        Consumed(request, json, ItemSize.ReadUnits(item is null ? 0 : ItemSize.Of(item), Flag(request, "ConsistentRead")));
    }

    private void BatchGet(JsonElement request, Utf8JsonWriter json)
    {
        var units = 0.0;
        json.WriteStartObject("Responses");

        foreach (var asked in request.GetProperty("RequestItems").EnumerateObject())
        {
            json.WriteStartArray(asked.Name);

            foreach (var item in asked.Value.GetProperty("Keys").EnumerateArray().Select(key => table.Get(ItemKey.Of(ItemJson.Read(key)))).OfType<Item>())
            {
                ItemJson.Write(json, item);
                units += ItemSize.ReadUnits(ItemSize.Of(item), Flag(asked.Value, "ConsistentRead"));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartObject("UnprocessedKeys");
        json.WriteEndObject();
        json.WriteStartArray("ConsumedCapacity");
        json.WriteStartObject();
        json.WriteNumber("CapacityUnits", units);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void Put(JsonElement request, Utf8JsonWriter json)
    {
        var item = ItemJson.Read(request.GetProperty("Item"));
        var evaluation = new Evaluation(Names(request), ItemJson.ReadOptional(request, "ExpressionAttributeValues"));

        var (_, units) = Write(request, ItemKey.Of(item), evaluation, _ => item);
        Consumed(request, json, units);
    }

    private void Update(JsonElement request, Utf8JsonWriter json)
    {
        var key = ItemJson.Read(request.GetProperty("Key"));
        var update = ExpressionParser.Update(request.GetProperty("UpdateExpression").GetString()!);
        var evaluation = new Evaluation(Names(request), ItemJson.ReadOptional(request, "ExpressionAttributeValues"));

        var (old, units) = Write(request, ItemKey.Of(key), evaluation, old => evaluation.Apply(update, old ?? key));

        if (old is not null && Text(request, "ReturnValues") == ReturnValue.ALL_OLD.Value)
        {
            json.WritePropertyName("Attributes");
            ItemJson.Write(json, old);
        }

        Consumed(request, json, units);
    }

    private (Item? Old, double Units) Write(JsonElement request, ItemKey key, Evaluation evaluation, Func<Item?, Item> make)
    {
        try
        {
            return table.Write(key, old =>
            {
                Meet(request, evaluation, old);
                var item = make(old);
                evaluation.ExpectAllUsed();
                return item;
            });
        }
        catch (AmazonDynamoDBException exception) when (exception is not ConditionalCheckFailedException)
        {
            throw new AwsError(Validation, exception.Message);
        }
    }

    private static void Meet(JsonElement request, Evaluation evaluation, Item? old)
    {
        if (Text(request, "ConditionExpression") is { } condition && !evaluation.IsTrue(ExpressionParser.Condition(condition), old))
        {
            var wanted = Text(request, "ReturnValuesOnConditionCheckFailure") == ReturnValuesOnConditionCheckFailure.ALL_OLD.Value;
            throw new AwsError(Namespace + nameof(ConditionalCheckFailedException), "The conditional request failed", wanted ? old : null);
        }
    }

    private void Query(JsonElement request, Utf8JsonWriter json)
    {
        var (page, more) = table.Query(KeyRange.Read(request));

        json.WriteStartArray("Items");
        page.ForEach(keys => ItemJson.Write(json, keys));
        json.WriteEndArray();
        json.WriteNumber("Count", page.Count);

        if (more)
        {
            json.WritePropertyName("LastEvaluatedKey");
            ItemJson.Write(json, page[^1]);
        }

        Consumed(request, json, ItemSize.ReadUnits(page.Sum(ItemSize.Of), consistent: false));
    }

    private static void Consumed(JsonElement request, Utf8JsonWriter json, double units)
    {
        if (Text(request, "ReturnConsumedCapacity") is null or "NONE")
        {
            return;
        }

        json.WriteStartObject("ConsumedCapacity");
        json.WriteString("TableName", Text(request, "TableName"));
        json.WriteNumber("CapacityUnits", units);
        json.WriteEndObject();
    }

    private static Dictionary<string, string>? Names(JsonElement request) =>
        request.TryGetProperty("ExpressionAttributeNames", out var names)
            ? names.EnumerateObject().ToDictionary(name => name.Name, name => name.Value.GetString()!)
            : null;

    private static string? Text(JsonElement request, string name) => request.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool Flag(JsonElement request, string name) => request.TryGetProperty(name, out var value) && value.GetBoolean();
}
