using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store;

/// <summary>What became of a conditional write.</summary>
/// <param name="Item">
/// Applied: the item that the request asks for, before the write or after it. Refused: the item that stood in the way. Null where there is none.
/// </param>
internal readonly record struct WriteAnswer(bool Applied, Item? Item);

/// <summary>
/// Conditional writes, whose failed condition is an answer. The production client's comes as one (<see cref="TableClient"/>);
/// another <see cref="IAmazonDynamoDB"/> may throw, as its documentation has it.
/// </summary>
internal static class ConditionalWrites
{
    public static Task<WriteAnswer> PutAsync(this TableCalls table, IAmazonDynamoDB dynamoDb, PutItemRequest put, CancellationToken cancellationToken) =>
        table.AnswerAsync("PutItem", token => dynamoDb.PutItemAsync(put, token), answer => answer.Attributes, cancellationToken);

    public static Task<WriteAnswer> UpdateAsync(this TableCalls table, IAmazonDynamoDB dynamoDb, UpdateItemRequest update, CancellationToken cancellationToken) =>
        table.AnswerAsync("UpdateItem", token => dynamoDb.UpdateItemAsync(update, token), answer => answer.Attributes, cancellationToken);

    private static async Task<WriteAnswer> AnswerAsync<T>(
        this TableCalls table,
        string operation,
        Func<CancellationToken, Task<T>> call,
        Func<T, Item?> item,
        CancellationToken cancellationToken)
        where T : AmazonWebServiceResponse
    {
        try
        {
            var answer = await table.Call(operation, call, cancellationToken);
            return Of(answer.HttpStatusCode != TableClient.Refused, item(answer));
        }
        catch (ConditionalCheckFailedException exception)
        {
            return Of(false, exception.Item);
        }
    }

    private static WriteAnswer Of(bool applied, Item? item) => new(applied, item is { Count: > 0 } ? item : null);
}
