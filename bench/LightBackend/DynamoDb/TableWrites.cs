using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Simulation.Table;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>Puts and updates, with conditions and the item before or after.</summary>
internal sealed class TableWrites(Table table)
{
    private const string Namespace = "com.amazonaws.dynamodb.v20120810#";

    public void Put(JsonElement request, Utf8JsonWriter json)
    {
        var item = ItemJson.Read(request.GetProperty("Item"));
        json.WriteConsumed(request, Write(request, ItemKey.Of(item), EvaluationOf(request), _ => item).Units);
    }

    public void Update(JsonElement request, Utf8JsonWriter json)
    {
        var key = ItemJson.Read(request.GetProperty("Key"));
        var update = ExpressionParser.Update(request.Text("UpdateExpression")!);
        var evaluation = EvaluationOf(request);
        var written = Write(request, ItemKey.Of(key), evaluation, old => evaluation.Apply(update, old ?? key));

        if (Returned(request, written) is { } item)
        {
            json.WriteItem("Attributes", item);
        }

        json.WriteConsumed(request, written.Units);
    }

    /// <summary>Puts without conditions: no service asks for it, but whoever fills the table with what is to be read.</summary>
    public void BatchPut(JsonElement request, Utf8JsonWriter json)
    {
        var units = 0.0;

        foreach (var put in request.GetProperty("RequestItems").EnumerateObject().SelectMany(asked => asked.Value.EnumerateArray()))
        {
            var item = ItemJson.Read(put.GetProperty("PutRequest").GetProperty("Item"));
            units += table.Write(ItemKey.Of(item), _ => item).Units;
        }

        json.WriteStartObject("UnprocessedItems");
        json.WriteEndObject();
        json.WriteConsumedOfTables(units);
    }

    private Written Write(JsonElement request, ItemKey key, Evaluation evaluation, Func<Item?, Item> make)
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
            throw new AwsError(DynamoDbOperations.Validation, exception.Message);
        }
    }

    private static void Meet(JsonElement request, Evaluation evaluation, Item? old)
    {
        if (request.Text("ConditionExpression") is { } condition && !evaluation.IsTrue(ExpressionParser.Condition(condition), old))
        {
            var wanted = request.Text("ReturnValuesOnConditionCheckFailure") == ReturnValuesOnConditionCheckFailure.ALL_OLD.Value;
            throw new AwsError(Namespace + nameof(ConditionalCheckFailedException), "The conditional request failed", wanted ? old : null);
        }
    }

    private static StoredItem? Returned(JsonElement request, Written written)
    {
        var wanted = request.Text("ReturnValues");
        return wanted == ReturnValue.ALL_OLD.Value ? written.Old : wanted == ReturnValue.ALL_NEW.Value ? written.Now : null;
    }

    private static Evaluation EvaluationOf(JsonElement request) => new(request.Names(), ItemJson.ReadOptional(request, "ExpressionAttributeValues"));
}
