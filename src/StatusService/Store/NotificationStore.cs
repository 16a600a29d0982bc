using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Telemetry;
using Waybill.Notifications.Transitions;

namespace Waybill.StatusService.Store;

/// <summary>Reads and writes the table; every write is conditional. All methods throw <see cref="TableUnavailableException"/>.</summary>
internal sealed class NotificationStore(IAmazonDynamoDB dynamoDb, TableCalls table, TransitionJournal journal, IOptions<TableOptions> options)
{
    private string TableName => options.Value.Name;

    /// <summary>The record, read with strong consistency; null when there is none.</summary>
    public async Task<NotificationRecord?> GetAsync(string id, CancellationToken cancellationToken) =>
        await GetItemAsync(id, cancellationToken) is { } item ? StateItem.Read(item) : null;

    /// <summary>The state item, read with strong consistency; null when there is none.</summary>
    public async Task<Item?> GetItemAsync(string id, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = TableName, Key = StateItem.Key(id), ConsistentRead = true, ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
        var answer = await table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken);
        return answer.IsItemSet ? answer.Item : null;
    }

    /// <summary>Records by id, those that exist, read with eventual consistency.</summary>
    /// <param name="ids">At most 100, each once, as DynamoDB allows.</param>
    public async Task<IReadOnlyDictionary<string, NotificationRecord>> GetManyAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var records = new Dictionary<string, NotificationRecord>(StringComparer.Ordinal);
        var keys = new Dictionary<string, KeysAndAttributes> { [TableName] = new() { Keys = [.. ids.Select(StateItem.Key)] } };

        // What an answer leaves out is asked for again; one that leaves out everything is an error, so this ends.
        while (keys is { Count: > 0 })
        {
            var request = new BatchGetItemRequest(keys) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
            var answer = await table.Call("BatchGetItem", token => dynamoDb.BatchGetItemAsync(request, token), cancellationToken);

            foreach (var item in answer.Responses.GetValueOrDefault(TableName) ?? [])
            {
                var record = StateItem.Read(item);
                records[record.Id] = record;
            }

            keys = answer.UnprocessedKeys;
        }

        return records;
    }

    /// <summary>The request item; null when there is none. Immutable, so an eventually consistent read is right if it finds it.</summary>
    public async Task<Item?> GetRequestAsync(string id, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = TableName, Key = RequestItem.Key(id), ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
        var answer = await table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken);

        if (!answer.IsItemSet)
        {
            request.ConsistentRead = true;
            answer = await table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken);
        }

        return answer.IsItemSet ? answer.Item : null;
    }

    /// <summary>Ids of one shard whose due time has come, longest overdue first. The index may lag.</summary>
    public async Task<IReadOnlyList<DueNotification>> DueAsync(string shard, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = TableName,
            IndexName = TableDefinition.Due.Name,
            KeyConditionExpression = "#shard = :shard AND #due <= :now",
            ExpressionAttributeNames = new() { ["#shard"] = StoredNames.DueShard, ["#due"] = StoredNames.DueAt },
            ExpressionAttributeValues = new() { [":shard"] = StoredValue.Of(shard), [":now"] = StoredValue.Of(now) },
            Limit = limit,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        var answer = await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken);
        return [.. (answer.Items ?? []).Select(item => new DueNotification(item.RequiredText(StoredNames.Id), item.RequiredTime(StoredNames.DueAt)))];
    }

    /// <summary>
    /// Writes the request item unless one with the same fingerprint is there already, left by a call that never got further.
    /// </summary>
    /// <returns>False: another request has that id.</returns>
    public async Task<bool> PutRequestAsync(Item request, CancellationToken cancellationToken)
    {
        var put = new PutItemRequest
        {
            TableName = TableName,
            Item = request,
            ConditionExpression = "attribute_not_exists(#id) OR #fingerprint = :fingerprint",
            ExpressionAttributeNames = new() { ["#id"] = StoredNames.Id, ["#fingerprint"] = StoredNames.Request.Fingerprint },
            ExpressionAttributeValues = new() { [":fingerprint"] = request[StoredNames.Request.Fingerprint] },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        return (await table.PutAsync(dynamoDb, put, cancellationToken)).Applied;
    }

    /// <summary>
    /// Sees to it that a request outlives one more delivery that starts now. Most do already: that costs a read, and no write.
    /// </summary>
    /// <returns>False: it is gone, or its time to live has ended and DynamoDB is about to remove it.</returns>
    public async Task<bool> KeepRequestAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var read = new GetItemRequest
        {
            TableName = TableName,
            Key = RequestItem.Key(id),
            ConsistentRead = true,
            ProjectionExpression = "#id, #expires",
            ExpressionAttributeNames = new() { ["#id"] = StoredNames.Id, ["#expires"] = StoredNames.ExpiresAt },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        var found = await table.Call("GetItem", token => dynamoDb.GetItemAsync(read, token), cancellationToken);

        if (!found.IsItemSet || found.Item.TimeInSeconds(StoredNames.ExpiresAt) <= now)
        {
            return false;
        }

        if (found.Item.TimeInSeconds(StoredNames.ExpiresAt) is not { } expiresAt || RequestLife.Covers(expiresAt, now, options.Value))
        {
            return true;
        }

        var renewal = new UpdateItemRequest
        {
            TableName = TableName,
            Key = RequestItem.Key(id),
            UpdateExpression = "SET #expires = :renewed",
            ConditionExpression = "#expires > :now",
            ExpressionAttributeNames = new() { ["#expires"] = StoredNames.ExpiresAt },
            ExpressionAttributeValues = new()
            {
                [":renewed"] = StoredValue.OfSeconds(RequestLife.From(now, options.Value)),
                [":now"] = StoredValue.OfSeconds(now),
            },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        return (await table.UpdateAsync(dynamoDb, renewal, cancellationToken)).Applied;
    }

    /// <summary>Accept: writes a state item where there is none.</summary>
    public async Task<TransitionOutcome> InsertAsync(Item state, CancellationToken cancellationToken)
    {
        var row = TransitionTable.Accept;
        var token = Guid.NewGuid().ToString("N")[..12];
        state[StoredNames.WriteToken] = StoredValue.Of(token);

        var put = new PutItemRequest
        {
            TableName = TableName,
            Item = state,
            ConditionExpression = Conditions.Of(row),
            ExpressionAttributeNames = new() { ["#" + StoredNames.Id] = StoredNames.Id },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        var answer = await table.PutAsync(dynamoDb, put, cancellationToken);
        return answer.Applied ? journal.Applied(row, null, StateItem.Read(state)) : Refused(row, token, answer.Item);
    }

    /// <summary>Writes a change if its row's condition holds, and says what the record is then.</summary>
    public async Task<TransitionOutcome> ApplyAsync(string id, StateChange change, CancellationToken cancellationToken)
    {
        var answer = await WriteAsync(id, change, cancellationToken);

        return answer.Applied
            ? journal.Applied(change.Row, StatusBefore.Of(StateItem.Read(answer.Item!)), StateItem.Read(change.ApplyTo(answer.Item!)))
            : Refused(change.Row, change.WriteToken, answer.Item);
    }

    private async Task<WriteAnswer> WriteAsync(string id, StateChange change, CancellationToken cancellationToken)
    {
        try
        {
            return await table.UpdateAsync(dynamoDb, change.ToRequest(TableName, id), cancellationToken);
        }
        catch (Exception exception) when (ItemSize.IsExceeded(exception))
        {
            var item = await GetItemAsync(id, cancellationToken);

            if (item is null || HistoryBound.Shortened(item.List(StoredNames.History)) is not { } kept)
            {
                throw;
            }

            change.ShortensHistory(kept, StateItem.Read(item).LastAttemptNumber)
                .OnlyIf($"#{StoredNames.Version} = :shortened", ("shortened", item[StoredNames.Version]));

            return await table.UpdateAsync(dynamoDb, change.ToRequest(TableName, id), cancellationToken);
        }
    }

    private TransitionOutcome Refused(Transition row, string writeToken, Item? item)
    {
        if (item is null)
        {
            return journal.Refused(row, null);
        }

        var current = StateItem.Read(item);

        // A try whose answer was lost: this very write is what stands in its own way.
        return item.Text(StoredNames.WriteToken) == writeToken
            ? journal.Applied(row, Before(row, item), current)
            : journal.Refused(row, current);
    }

    /// <summary>What the item was before its last update, which was <paramref name="row"/>'s; null for a new one.</summary>
    private static StatusBefore? Before(Transition row, Item item) =>
        item.Text(StoredNames.StatusBefore) is { } status
            ? new StatusBefore(NotificationStatusText.Parse(status), IsFinal: row == TransitionTable.Redeliver, Since: null)
            : null;
}
