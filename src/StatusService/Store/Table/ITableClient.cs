using Amazon.DynamoDBv2.Model;

namespace Waybill.StatusService.Store.Table;

/// <summary>
/// The calls of DynamoDB that Waybill makes, by DynamoDB's names, with answers in Waybill's terms. Requests are the SDK's, which say nothing
/// but what DynamoDB is asked for; so are attribute values (<c>Item</c>), of which stored items are made.
/// </summary>
/// <remarks>
/// All throw what the SDK's client throws, such as <see cref="Amazon.DynamoDBv2.AmazonDynamoDBException"/> with DynamoDB's code, except that a condition that fails is an answer.
/// </remarks>
internal interface ITableClient : IDisposable
{
    Task<ItemRead> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default);

    Task<ItemsRead> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default);

    Task<ItemPage> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default);

    Task<WriteResult> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default);

    Task<WriteResult> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default);
}
