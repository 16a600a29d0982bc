using Amazon.DynamoDBv2.Model;
using Waybill.Simulation.Table;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.Bench.Storing;

/// <summary>
/// A table in this process, for what the status service does with a notification until it is final: it writes and reads single items. Whoever is
/// done with an item takes it out.
/// </summary>
internal sealed class MemoryTable : ITableClient
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Id, string Kind), Item> _items = [];

    public Task<ItemRead> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(new ItemRead(_items.GetValueOrDefault(KeyOf(request.Key))));
        }
    }

    public Task<WriteResult> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) =>
        WriteAsync(
            request.Item,
            request.ConditionExpression,
            new Evaluation(request.ExpressionAttributeNames, request.ExpressionAttributeValues),
            (_, _) => request.Item);

    public Task<WriteResult> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default)
    {
        var update = ExpressionParser.Update(request.UpdateExpression);

        return WriteAsync(
            request.Key,
            request.ConditionExpression,
            new Evaluation(request.ExpressionAttributeNames, request.ExpressionAttributeValues),
            (evaluation, old) => evaluation.Apply(update, old ?? request.Key));
    }

    public Task<ItemsRead> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Of endpoints, of which it has none.</summary>
    public Task<ItemPage> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) =>
        request.IndexName is null ? Task.FromResult(new ItemPage([], Next: null)) : throw new NotSupportedException();

    public void Dispose()
    {
    }

    public Item Take(Item key)
    {
        lock (_lock)
        {
            return _items.Remove(KeyOf(key), out var item) ? item : throw new InvalidOperationException($"There is no {KeyOf(key)}.");
        }
    }

    public IReadOnlyList<Item> TakeAll()
    {
        lock (_lock)
        {
            var all = _items.Values.ToArray();
            _items.Clear();
            return all;
        }
    }

    /// <summary>The item before is what all that is done here asks for.</summary>
    private Task<WriteResult> WriteAsync(Item key, string? condition, Evaluation evaluation, Func<Evaluation, Item?, Item> make)
    {
        lock (_lock)
        {
            var old = _items.GetValueOrDefault(KeyOf(key));

            if (condition is not null && !evaluation.IsTrue(ExpressionParser.Condition(condition), old))
            {
                return Task.FromResult(new WriteResult(false, old));
            }

            _items[KeyOf(key)] = make(evaluation, old);
            return Task.FromResult(new WriteResult(true, old));
        }
    }

    private static (string Id, string Kind) KeyOf(Item item) => (item[StoredNames.Id].S, item[StoredNames.Kind].S);
}
