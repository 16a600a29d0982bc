using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Store;

/// <summary>Questions to the index of what is due, by shard.</summary>
internal static class DueQuery
{
    /// <summary>The longest overdue first.</summary>
    /// <param name="until">What is due by then; null for all that has a due time.</param>
    public static QueryRequest Of(string tableName, string shard, DateTimeOffset? until = null)
    {
        var query = new QueryRequest
        {
            TableName = tableName,
            IndexName = TableDefinition.Due.Name,
            KeyConditionExpression = "#shard = :shard",
            ExpressionAttributeNames = new() { ["#shard"] = StoredNames.DueShard },
            ExpressionAttributeValues = new() { [":shard"] = StoredValue.Of(shard) },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        if (until is { } time)
        {
            query.KeyConditionExpression += " AND #due <= :until";
            query.ExpressionAttributeNames["#due"] = StoredNames.DueAt;
            query.ExpressionAttributeValues[":until"] = StoredValue.Of(time);
        }

        return query;
    }
}
