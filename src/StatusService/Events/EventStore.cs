using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Events;

/// <summary>
/// Reads and writes events and their markers. All methods throw <see cref="TableUnavailableException"/>, and
/// <see cref="Notifications.StatusApi.RecordTroubleException"/> where an item is the trouble.
/// </summary>
internal sealed class EventStore(ITableClient dynamoDb, TableCalls table, IOptions<TableOptions> options)
{
    private string TableName => options.Value.Name;

    /// <summary>Stores an event, or finds one with its id: of an earlier try, or of another request with the same idempotency key.</summary>
    /// <returns>Whether it was stored by this call, and as it is stored.</returns>
    public Task<(bool Applied, Item Stored)> PutAsync(Item happened, CancellationToken cancellationToken) =>
        RecordTrouble.Of(happened[StoredNames.Id].S, table.InsertAsync(dynamoDb, TableName, happened, cancellationToken));

    /// <summary>Immutable, so an eventually consistent read is right if it finds it; null when there is none.</summary>
    public async Task<Item?> GetAsync(string id, CancellationToken cancellationToken) =>
        await GetAsync(id, consistent: false, cancellationToken) ?? await GetAsync(id, consistent: true, cancellationToken);

    /// <summary>
    /// An event and one of its endpoints, in one call, with strong consistency: a URL that was repaired and a secret that was replaced a moment ago count. What
    /// DynamoDB leaves out of its answer is read alone. Null for what there is not.
    /// </summary>
    public async Task<(Item? Event, Item? Endpoint)> GetWithEndpointAsync(string id, EndpointKey endpoint, CancellationToken cancellationToken)
    {
        var endpointKey = EndpointItem.Key(endpoint);
        var keys = new Dictionary<string, KeysAndAttributes> { [TableName] = new() { Keys = [EventItem.Key(id), endpointKey], ConsistentRead = true } };
        var request = new BatchGetItemRequest(keys) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
        var answer = await RecordTrouble.Of(id, table.Call("BatchGetItem", token => dynamoDb.BatchGetItemAsync(request, token), cancellationToken));

        var found = answer.Items.GetValueOrDefault(TableName) ?? [];
        var happened = found.FirstOrDefault(item => item.Text(StoredNames.Id) == id);
        var to = found.FirstOrDefault(item => item.Text(StoredNames.Kind) == endpoint.Id);

        return (happened ?? await GetAsync(id, consistent: true, cancellationToken), to ?? await GetAsync(id, endpointKey, consistent: true, cancellationToken));
    }

    /// <summary>Sees to it that the Dispatcher finishes what a crash leaves undone. Repeated, it changes nothing but the time.</summary>
    public Task MarkAsync(string id, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        var put = new PutItemRequest { TableName = TableName, Item = FanOutItem.New(id, dueAt), ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
        return RecordTrouble.Of(id, table.PutAsync(dynamoDb, put, cancellationToken));
    }

    /// <summary>All is stored: nothing is due any more, and what is left is removed by DynamoDB.</summary>
    public Task UnmarkAsync(string id, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var update = new UpdateItemRequest
        {
            TableName = TableName,
            Key = FanOutItem.Key(id),
            UpdateExpression = "SET #expires = :expires REMOVE #shard, #due",
            ExpressionAttributeNames = new() { ["#expires"] = StoredNames.ExpiresAt, ["#shard"] = StoredNames.DueShard, ["#due"] = StoredNames.DueAt },
            ExpressionAttributeValues = new() { [":expires"] = StoredValue.OfSeconds(expiresAt) },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        return RecordTrouble.Of(id, table.UpdateAsync(dynamoDb, update, cancellationToken));
    }

    private Task<Item?> GetAsync(string id, bool consistent, CancellationToken cancellationToken) => GetAsync(id, EventItem.Key(id), consistent, cancellationToken);

    private async Task<Item?> GetAsync(string id, Item key, bool consistent, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = TableName, Key = key, ConsistentRead = consistent, ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
        return (await RecordTrouble.Of(id, table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken))).Item;
    }
}
