using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Store.Table;

/// <summary>Puts an item where there is none.</summary>
internal static class ItemInserts
{
    /// <summary>A try whose answer was lost is told by the item's write token, which is set here.</summary>
    /// <param name="item">With its key.</param>
    /// <returns>Whether it was stored by this call, and as it is stored: else it is that of an earlier one.</returns>
    public static async Task<(bool Applied, Item Stored)> InsertAsync(this TableCalls table, ITableClient dynamoDb, string tableName, Item item, CancellationToken cancellationToken)
    {
        var writeToken = Guid.NewGuid().ToString("N")[..12];
        item[StoredNames.WriteToken] = StoredValue.Of(writeToken);

        var put = new PutItemRequest
        {
            TableName = tableName,
            Item = item,
            ConditionExpression = "attribute_not_exists(#id)",
            ExpressionAttributeNames = new() { ["#id"] = StoredNames.Id },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        var answer = await table.PutAsync(dynamoDb, put, cancellationToken);
        var stored = answer.Applied ? item : answer.Item!;

        return (answer.Applied || stored.Text(StoredNames.WriteToken) == writeToken, stored);
    }
}
