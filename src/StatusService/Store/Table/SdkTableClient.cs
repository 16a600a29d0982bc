using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Waybill.StatusService.Store.Table;

/// <summary>Any client of the SDK, with its answers in Waybill's terms.</summary>
internal sealed class SdkTableClient(IAmazonDynamoDB client) : ITableClient
{
    public async Task<ItemRead> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default)
    {
        var answer = await client.GetItemAsync(request, cancellationToken);
        return new ItemRead(answer.Item, Units(answer.ConsumedCapacity));
    }

    public async Task<ItemsRead> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default)
    {
        var answer = await client.BatchGetItemAsync(request, cancellationToken);
        return new ItemsRead(answer.Responses ?? [], answer.UnprocessedKeys ?? [], answer.ConsumedCapacity?.Sum(Units) ?? 0);
    }

    public async Task<ItemPage> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        var answer = await client.QueryAsync(request, cancellationToken);
        return new ItemPage(answer.Items ?? [], answer.LastEvaluatedKey, Units(answer.ConsumedCapacity)) { Count = answer.Count ?? 0 };
    }

    public async Task<WriteResult> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await client.PutItemAsync(request, cancellationToken);
            return new WriteResult(true, answer.Attributes, Units(answer.ConsumedCapacity));
        }
        catch (ConditionalCheckFailedException refused)
        {
            return new WriteResult(false, refused.Item);
        }
    }

    public async Task<WriteResult> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await client.UpdateItemAsync(request, cancellationToken);
            return new WriteResult(true, answer.Attributes, Units(answer.ConsumedCapacity));
        }
        catch (ConditionalCheckFailedException refused)
        {
            return new WriteResult(false, refused.Item);
        }
    }

    public void Dispose() => client.Dispose();

    private static double Units(ConsumedCapacity? consumed) => consumed?.CapacityUnits ?? 0;
}
