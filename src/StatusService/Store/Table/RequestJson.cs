using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Waybill.StatusService.Store.Table;

/// <summary>Requests as DynamoDB's JSON protocol has them.</summary>
internal static class RequestJson
{
    /// <summary>Whether <see cref="Write(Utf8JsonWriter, GetItemRequest)"/> writes all that the request says.</summary>
    public static bool IsPlain(GetItemRequest request) =>
        request.AttributesToGet is not { Count: > 0 } && request.ProjectionExpression is null && request.ExpressionAttributeNames is not { Count: > 0 };

    public static bool IsPlain(PutItemRequest request) =>
        request.Expected is not { Count: > 0 } && request.ConditionalOperator is null && request.ReturnItemCollectionMetrics is null;

    public static bool IsPlain(UpdateItemRequest request) =>
        request.Expected is not { Count: > 0 }
        && request.AttributeUpdates is not { Count: > 0 }
        && request.ConditionalOperator is null
        && request.ReturnItemCollectionMetrics is null;

    public static bool IsPlain(BatchGetItemRequest request) => request.RequestItems.Values.All(keys =>
        keys.AttributesToGet is not { Count: > 0 } && keys.ProjectionExpression is null && keys.ExpressionAttributeNames is not { Count: > 0 });

    public static bool IsPlain(QueryRequest request) =>
        request.AttributesToGet is not { Count: > 0 }
        && request.KeyConditions is not { Count: > 0 }
        && request.QueryFilter is not { Count: > 0 }
        && request.ConditionalOperator is null
        && request.FilterExpression is null
        && request.ProjectionExpression is null
        && request.Select is null;

    public static void Write(Utf8JsonWriter writer, QueryRequest request)
    {
        writer.WriteStartObject();
        writer.WriteString("TableName"u8, request.TableName);
        WriteText(writer, "IndexName"u8, request.IndexName);
        WriteText(writer, "KeyConditionExpression"u8, request.KeyConditionExpression);
        WriteNames(writer, request.ExpressionAttributeNames);
        WriteValues(writer, request.ExpressionAttributeValues);
        WriteFlag(writer, "ConsistentRead"u8, request.ConsistentRead);
        WriteFlag(writer, "ScanIndexForward"u8, request.ScanIndexForward);

        if (request.Limit is { } limit)
        {
            writer.WriteNumber("Limit"u8, limit);
        }

        if (request.ExclusiveStartKey is { Count: > 0 } start)
        {
            WriteItem(writer, "ExclusiveStartKey"u8, start);
        }

        WriteConstant(writer, "ReturnConsumedCapacity"u8, request.ReturnConsumedCapacity);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, GetItemRequest request)
    {
        writer.WriteStartObject();
        writer.WriteString("TableName"u8, request.TableName);
        WriteItem(writer, "Key"u8, request.Key);
        WriteFlag(writer, "ConsistentRead"u8, request.ConsistentRead);

        WriteConstant(writer, "ReturnConsumedCapacity"u8, request.ReturnConsumedCapacity);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, PutItemRequest request)
    {
        writer.WriteStartObject();
        writer.WriteString("TableName"u8, request.TableName);
        WriteItem(writer, "Item"u8, request.Item);
        WriteText(writer, "ConditionExpression"u8, request.ConditionExpression);
        WriteNames(writer, request.ExpressionAttributeNames);
        WriteValues(writer, request.ExpressionAttributeValues);
        WriteConstant(writer, "ReturnValues"u8, request.ReturnValues);
        WriteConstant(writer, "ReturnValuesOnConditionCheckFailure"u8, request.ReturnValuesOnConditionCheckFailure);
        WriteConstant(writer, "ReturnConsumedCapacity"u8, request.ReturnConsumedCapacity);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, UpdateItemRequest request)
    {
        writer.WriteStartObject();
        writer.WriteString("TableName"u8, request.TableName);
        WriteItem(writer, "Key"u8, request.Key);
        WriteText(writer, "UpdateExpression"u8, request.UpdateExpression);
        WriteText(writer, "ConditionExpression"u8, request.ConditionExpression);
        WriteNames(writer, request.ExpressionAttributeNames);
        WriteValues(writer, request.ExpressionAttributeValues);
        WriteConstant(writer, "ReturnValues"u8, request.ReturnValues);
        WriteConstant(writer, "ReturnValuesOnConditionCheckFailure"u8, request.ReturnValuesOnConditionCheckFailure);
        WriteConstant(writer, "ReturnConsumedCapacity"u8, request.ReturnConsumedCapacity);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, BatchGetItemRequest request)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("RequestItems"u8);

        foreach (var (table, keys) in request.RequestItems)
        {
            writer.WriteStartObject(table);
            writer.WriteStartArray("Keys"u8);

            foreach (var key in keys.Keys)
            {
                ItemJson.Write(writer, key);
            }

            writer.WriteEndArray();
            WriteFlag(writer, "ConsistentRead"u8, keys.ConsistentRead);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        WriteConstant(writer, "ReturnConsumedCapacity"u8, request.ReturnConsumedCapacity);
        writer.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Item item)
    {
        writer.WritePropertyName(name);
        ItemJson.Write(writer, item);
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteFlag(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? flag)
    {
        if (flag is { } value)
        {
            writer.WriteBoolean(name, value);
        }
    }

    private static void WriteConstant(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ConstantClass? constant) => WriteText(writer, name, constant?.Value);

    private static void WriteNames(Utf8JsonWriter writer, Dictionary<string, string>? names)
    {
        if (names is { Count: > 0 })
        {
            writer.WriteStartObject("ExpressionAttributeNames"u8);

            foreach (var (placeholder, name) in names)
            {
                writer.WriteString(placeholder, name);
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteValues(Utf8JsonWriter writer, Item? values)
    {
        if (values is { Count: > 0 })
        {
            WriteItem(writer, "ExpressionAttributeValues"u8, values);
        }
    }
}
