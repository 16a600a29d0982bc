using System.Reflection;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Waybill.Simulation.Table;

/// <summary>
/// <see cref="IAmazonDynamoDB"/> with the five operations that the store uses. A proxy, so that the interface's other members need no code.
/// </summary>
internal class DynamoDbProxy : DispatchProxy
{
    private Func<AmazonDynamoDBRequest, CancellationToken, Func<AmazonDynamoDBRequest, object>, Task<object>> _carry = null!;
    private InMemoryTable _table = null!;

    /// <param name="carry">Brings a request to the table and its answer back.</param>
    public static IAmazonDynamoDB Create(
        InMemoryTable table,
        Func<AmazonDynamoDBRequest, CancellationToken, Func<AmazonDynamoDBRequest, object>, Task<object>> carry)
    {
        var client = Create<IAmazonDynamoDB, DynamoDbProxy>();
        var proxy = (DynamoDbProxy)(object)client;
        proxy._carry = carry;
        proxy._table = table;
        return client;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => args switch
    {
        [GetItemRequest request, CancellationToken token] => Ask<GetItemResponse>(request, token),
        [BatchGetItemRequest request, CancellationToken token] => Ask<BatchGetItemResponse>(request, token),
        [PutItemRequest request, CancellationToken token] => Ask<PutItemResponse>(request, token),
        [UpdateItemRequest request, CancellationToken token] => Ask<UpdateItemResponse>(request, token),
        [QueryRequest request, CancellationToken token] => Ask<QueryResponse>(request, token),
        _ => throw new NotSupportedException($"{targetMethod?.Name} is not simulated with these arguments."),
    };

    private async Task<T> Ask<T>(AmazonDynamoDBRequest request, CancellationToken cancellationToken) =>
        (T)await _carry(request, cancellationToken, Answer);

    private object Answer(AmazonDynamoDBRequest request) => request switch
    {
        GetItemRequest get => _table.Get(get),
        BatchGetItemRequest batch => _table.Get(batch),
        PutItemRequest put => _table.Put(put),
        UpdateItemRequest update => _table.Update(update),
        _ => _table.Query((QueryRequest)request),
    };
}
