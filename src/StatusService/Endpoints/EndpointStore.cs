using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Endpoints;

/// <summary>
/// Reads and writes endpoints; every write is conditional. All methods throw <see cref="TableUnavailableException"/>, and those about one endpoint throw
/// <see cref="RecordTroubleException"/> where its item is the trouble.
/// </summary>
internal sealed partial class EndpointStore(ITableClient dynamoDb, TableCalls table, IOptions<TableOptions> options, ILogger<EndpointStore> logger)
{
    private string TableName => options.Value.Name;

    /// <summary>
    /// All of a tenant's that are not deleted, in the order of their ids, read with strong consistency: one that was created a moment ago is among them. One
    /// that cannot be read keeps nothing from the others.
    /// </summary>
    public async Task<IReadOnlyList<EndpointRecord>> OfTenantAsync(string owner, string tenant, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = TableName,
            KeyConditionExpression = "#partition = :partition",
            ExpressionAttributeNames = new() { ["#partition"] = StoredNames.Id },
            ExpressionAttributeValues = new() { [":partition"] = StoredValue.Of(EndpointItem.Partition(owner, tenant)) },
            ConsistentRead = true,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        var endpoints = new List<EndpointRecord>();

        do
        {
            var page = await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken);
            endpoints.AddRange(page.Items.Select(Find).OfType<EndpointRecord>().Where(endpoint => !endpoint.IsDeleted));
            request.ExclusiveStartKey = page.Next;
        }
        while (request.ExclusiveStartKey is not null);

        return endpoints;
    }

    /// <summary>Null for one that cannot be read.</summary>
    private EndpointRecord? Find(Item item)
    {
        try
        {
            return RecordTrouble.Read(item, EndpointItem.Read);
        }
        catch (RecordTroubleException trouble)
        {
            Log.LeftOut(logger, item.GetValueOrDefault(StoredNames.Kind)?.S, trouble.Id, trouble.Reason);
            return null;
        }
    }

    /// <summary>Read with strong consistency, also one that is deleted; null when there is none.</summary>
    public async Task<EndpointRecord?> GetAsync(EndpointKey key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = TableName, Key = EndpointItem.Key(key), ConsistentRead = true, ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
        var answer = await RecordTrouble.Of(key.Id, table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken));

        return answer.Item is { } item ? RecordTrouble.Read(item, EndpointItem.Read) : null;
    }

    /// <summary>
    /// Endpoints as they were a moment ago, in the order of their keys, without those that there are not and those that cannot be read. Read with eventual consistency, at
    /// half the price: reads that are asked for together share a BatchGetItem.
    /// </summary>
    public async Task<IReadOnlyList<EndpointRecord>> FindManyAsync(IEnumerable<EndpointKey> keys, CancellationToken cancellationToken)
    {
        var requests = keys.Select(key => new GetItemRequest { TableName = TableName, Key = EndpointItem.Key(key), ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL });
        var answers = await Task.WhenAll(requests.Select(request => table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken)));

        return [.. answers.Select(answer => answer.Item).OfType<Item>().Select(Find).OfType<EndpointRecord>()];
    }

    /// <summary>Endpoints of one shard whose time has come, longest overdue first. The index may lag.</summary>
    public async Task<IReadOnlyList<EndpointKey>> DueAsync(string shard, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var request = DueQuery.Of(TableName, shard, now);
        request.Limit = limit;

        var page = await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken);
        return [.. page.Items.Select(EndpointItem.ReadKey)];
    }

    /// <summary>Stores an endpoint, or finds it stored by an earlier try with the same id.</summary>
    public async Task<(bool Applied, EndpointRecord Endpoint)> InsertAsync(Item endpoint, CancellationToken cancellationToken)
    {
        var (applied, stored) = await RecordTrouble.Of(endpoint[StoredNames.Kind].S, table.InsertAsync(dynamoDb, TableName, endpoint, cancellationToken));
        return (applied, RecordTrouble.Read(stored, EndpointItem.Read));
    }

    /// <summary>Writes a change if its condition holds, and says what the endpoint is then; null when there is none.</summary>
    public async Task<(bool Applied, EndpointRecord? Endpoint)> ApplyAsync(EndpointKey key, EndpointChange change, CancellationToken cancellationToken)
    {
        var answer = await RecordTrouble.Of(key.Id, table.UpdateAsync(dynamoDb, change.ToRequest(TableName, key), cancellationToken));

        // A try whose answer was lost: this very write is what stands in its own way.
        return answer.Item is { } item
            ? (answer.Applied || item.Text(StoredNames.WriteToken) == change.WriteToken, RecordTrouble.Read(item, EndpointItem.Read))
            : (false, null);
    }

    /// <summary>Sees to it that a tenant is found among its owner's. Repeated, it changes nothing.</summary>
    public Task NoteTenantAsync(string owner, string tenant, CancellationToken cancellationToken)
    {
        var put = new PutItemRequest
        {
            TableName = TableName,
            Item = new()
            {
                [StoredNames.Id] = StoredValue.Of(TableDefinition.Tenants),
                [StoredNames.Kind] = StoredValue.Of(EndpointItem.TenantKey(owner, tenant)),
                [StoredNames.Owner] = StoredValue.Of(owner),
                [StoredNames.Tenant] = StoredValue.Of(tenant),
            },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        return table.PutAsync(dynamoDb, put, cancellationToken);
    }

    /// <summary>Whether a tenant has or had endpoints.</summary>
    public async Task<bool> IsTenantAsync(string owner, string tenant, CancellationToken cancellationToken)
    {
        var key = new Item { [StoredNames.Id] = StoredValue.Of(TableDefinition.Tenants), [StoredNames.Kind] = StoredValue.Of(EndpointItem.TenantKey(owner, tenant)) };
        var request = new GetItemRequest { TableName = TableName, Key = key, ConsistentRead = true, ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };

        return (await table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken)).Item is not null;
    }

    /// <summary>Tenants that have or had endpoints, by owner and name.</summary>
    /// <param name="owner">Null for those of all owners.</param>
    /// <param name="after">The last of the page before; null for the first.</param>
    public async Task<IReadOnlyList<TenantKey>> TenantsAsync(string? owner, TenantKey? after, int limit, CancellationToken cancellationToken)
    {
        var (first, last) = owner is null ? (" ", "~") : (EndpointItem.TenantKey(owner, ""), EndpointItem.TenantKey(owner, "\u007F"));

        var request = new QueryRequest
        {
            TableName = TableName,
            KeyConditionExpression = "#partition = :partition AND #tenant BETWEEN :first AND :last",
            ExpressionAttributeNames = new() { ["#partition"] = StoredNames.Id, ["#tenant"] = StoredNames.Kind },
            ExpressionAttributeValues = new() { [":partition"] = StoredValue.Of(TableDefinition.Tenants), [":first"] = StoredValue.Of(first), [":last"] = StoredValue.Of(last) },
            Limit = limit,
            ConsistentRead = true,
            ExclusiveStartKey = after is null ? null : new Item { [StoredNames.Id] = StoredValue.Of(TableDefinition.Tenants), [StoredNames.Kind] = StoredValue.Of(EndpointItem.TenantKey(after.Owner, after.Tenant)) },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        var page = await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken);
        return [.. page.Items.Select(item => new TenantKey(item.RequiredText(StoredNames.Owner), item.RequiredText(StoredNames.Tenant)))];
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The endpoint {EndpointId} of {Endpoints} is left out, and gets no events: it cannot be read. {Reason}")]
        public static partial void LeftOut(ILogger logger, string? endpointId, string endpoints, string reason);
    }
}

/// <param name="Tenant">The owner's own id for its customer.</param>
internal sealed record TenantKey(string Owner, string Tenant);
