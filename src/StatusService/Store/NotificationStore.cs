using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Telemetry;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store;

/// <summary>
/// Reads and writes the table; every write is conditional. All methods throw <see cref="TableUnavailableException"/>, and those about one
/// notification throw <see cref="RecordTroubleException"/> where its item is the trouble.
/// </summary>
internal sealed class NotificationStore(
    ITableClient dynamoDb,
    TableCalls table,
    RecordPartitions partitions,
    TransitionJournal journal,
    IOptions<TableOptions> options)
{
    /// <summary>How long what a batch leaves out is asked for again.</summary>
    private static readonly TimeSpan LongestInParts = TimeSpan.FromSeconds(3);

    /// <summary>Items that are read in one call, as DynamoDB allows.</summary>
    private const int MostInACall = 100;

    /// <summary>Of one question: the table has better things to do.</summary>
    private const int CallsAtOnce = 4;

    private string TableName => options.Value.Name;

    /// <summary>The record, read with strong consistency; null when there is none.</summary>
    public async Task<NotificationRecord?> GetAsync(string id, CancellationToken cancellationToken) =>
        await GetItemAsync(id, cancellationToken) is { } item ? RecordTrouble.Read(item, StateItem.Read) : null;

    /// <summary>The state item, read with strong consistency; null when there is none.</summary>
    public async Task<Item?> GetItemAsync(string id, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = TableName, Key = StateItem.Key(id), ConsistentRead = true, ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
        return (await GetItemAsync(id, request, cancellationToken)).Item;
    }

    /// <summary>Records by id, those that exist, in as many calls as it takes. One that cannot be read keeps nobody from the others.</summary>
    /// <param name="ids">Each once, as DynamoDB allows.</param>
    /// <param name="consistent">Whether what was written a moment ago counts; it costs twice as much.</param>
    public async Task<RecordsRead> GetManyAsync(IEnumerable<string> ids, CancellationToken cancellationToken, bool consistent = false)
    {
        var read = new RecordsRead();

        foreach (var calls in ids.Chunk(MostInACall).Chunk(CallsAtOnce))
        {
            foreach (var answered in await Task.WhenAll(calls.Select(chunk => GetTogetherAsync(chunk, consistent, cancellationToken))))
            {
                read.Add(answered);
            }
        }

        return read;
    }

    private async Task<RecordsRead> GetTogetherAsync(IEnumerable<string> ids, bool consistent, CancellationToken cancellationToken)
    {
        var read = new RecordsRead();
        var begun = table.Now;
        var keys = new Dictionary<string, KeysAndAttributes> { [TableName] = new() { Keys = [.. ids.Select(StateItem.Key)], ConsistentRead = consistent } };

        for (var number = 1; keys.Count > 0; number++)
        {
            var request = new BatchGetItemRequest(keys) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
            var answer = await table.Call("BatchGetItem", token => dynamoDb.BatchGetItemAsync(request, token), cancellationToken);

            foreach (var item in answer.Items.GetValueOrDefault(TableName) ?? [])
            {
                read.Add(item);
            }

            keys = answer.Left;

            if (keys.Count > 0)
            {
                await PauseInPartsAsync(begun, number, cancellationToken);
            }
        }

        return read;
    }

    /// <summary>What DynamoDB leaves out of an answer, as it is busy or the answer would be too large, wants a pause and not another try at once.</summary>
    private Task PauseInPartsAsync(long begun, int number, CancellationToken cancellationToken) =>
        table.ElapsedSince(begun) < LongestInParts
            ? table.PauseAsync(number, cancellationToken)
            : throw new TableUnavailableException(nothingWritten: true, new ProvisionedThroughputExceededException("DynamoDB leaves items out of each answer."));

    private Task<ItemRead> GetItemAsync(string id, GetItemRequest request, CancellationToken cancellationToken) =>
        RecordTrouble.Of(id, table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken));

    /// <summary>The request item; null when there is none. Immutable, so an eventually consistent read is right if it finds it.</summary>
    public async Task<Item?> GetRequestAsync(string id, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = TableName, Key = RequestItem.Key(id), ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
        var answer = await GetItemAsync(id, request, cancellationToken);

        if (answer.Item is null)
        {
            request.ConsistentRead = true;
            answer = await GetItemAsync(id, request, cancellationToken);
        }

        return answer.Item;
    }

    /// <summary>Ids of one shard whose due time has come, longest overdue first. The index may lag.</summary>
    /// <param name="after">Where an earlier page ended; null for the first.</param>
    public async Task<DueResponse> DueAsync(string shard, DateTimeOffset now, int limit, DuePosition? after, CancellationToken cancellationToken)
    {
        var request = DueQuery.Of(TableName, shard, now);
        request.Limit = limit;
        request.ExclusiveStartKey = after?.Key(shard);

        var answer = await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken);

        return new DueResponse(
            [.. answer.Items.Select(item => new DueNotification(item.RequiredText(StoredNames.Id), DueTime(item)))],
            answer.Next is { } next ? DuePosition.Of(next).Text() : null);
    }

    /// <summary>How many of one shard are open. The index may lag.</summary>
    public async Task<long> CountOpenAsync(string shard, CancellationToken cancellationToken)
    {
        var request = DueQuery.Of(TableName, shard);
        request.Select = Select.COUNT;

        var count = 0L;

        do
        {
            var page = await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken);
            count += page.Count;
            request.ExclusiveStartKey = page.Next;
        }
        while (request.ExclusiveStartKey is not null);

        return count;
    }

    /// <summary>A due time that is no time has come: whoever reads its record then is told what is wrong with it, and the shard is read on.</summary>
    private static DateTimeOffset DueTime(Item entry)
    {
        try
        {
            return entry.RequiredTime(StoredNames.DueAt);
        }
        catch (FormatException)
        {
            return DateTimeOffset.MinValue;
        }
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

        return (await RecordTrouble.Of(request[StoredNames.Id].S, table.PutAsync(dynamoDb, put, cancellationToken))).Applied;
    }

    /// <summary>
    /// Sees to it that a request outlives one more delivery that starts now. Most do already: that costs a read, and no write.
    /// </summary>
    /// <returns>
    /// False: it is gone; or its time to live has ended and DynamoDB is about to remove it; or another request with the same idempotency
    /// key has come since and left its own.
    /// </returns>
    public async Task<bool> KeepRequestAsync(NotificationRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Of an event all have one.
        var id = record.WebhookId;

        var read = new GetItemRequest
        {
            TableName = TableName,
            Key = RequestItem.Key(id),
            ConsistentRead = true,
            ProjectionExpression = "#id, #expires, #fingerprint",
            ExpressionAttributeNames = new()
            {
                ["#id"] = StoredNames.Id,
                ["#expires"] = StoredNames.ExpiresAt,
                ["#fingerprint"] = StoredNames.Request.Fingerprint,
            },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        var found = (await GetItemAsync(id, read, cancellationToken)).Item;

        if (found is null
            || found.TimeInSeconds(StoredNames.ExpiresAt) <= now
            || (RequestItem.Fingerprint(found) is { } fingerprint && fingerprint != record.Fingerprint))
        {
            return false;
        }

        if (found.TimeInSeconds(StoredNames.ExpiresAt) is not { } expiresAt || RequestLife.Covers(expiresAt, now, options.Value))
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

        return (await RecordTrouble.Of(id, table.UpdateAsync(dynamoDb, renewal, cancellationToken))).Applied;
    }

    /// <summary>Accept: writes a state item where there is none.</summary>
    public Task<TransitionOutcome> InsertAsync(Item state, CancellationToken cancellationToken) => InsertAsync(TransitionTable.Accept, state, cancellationToken);

    /// <summary>Refuse: writes a state item of one that has failed where there is none.</summary>
    public async Task<TransitionOutcome> InsertRefusedAsync(Item state, Failure failure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var partition = await partitions.ForAsync(TableDefinition.Failed, failure.Owner, state.RequiredText(StoredNames.Id), now, cancellationToken);
        state[StoredNames.FailedShard] = StoredValue.Of(partition.Key);
        state[StoredNames.FailedAt] = StoredValue.Of(FailedKey.Of(failure, now).Text());

        return await InsertAsync(TransitionTable.Refuse, state, cancellationToken);
    }

    private async Task<TransitionOutcome> InsertAsync(Transition row, Item state, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString("N")[..12];
        state[StoredNames.WriteToken] = StoredValue.Of(token);

        var id = state.RequiredText(StoredNames.Id);
        var partition = await partitions.ForAsync(TableDefinition.Recent, state.RequiredText(StoredNames.Owner), id, state.RequiredTime(StoredNames.CreatedAt), cancellationToken);
        state[StoredNames.CreatedShard] = StoredValue.Of(partition.Key);

        var put = new PutItemRequest
        {
            TableName = TableName,
            Item = state,
            ConditionExpression = Conditions.Of(row),
            ExpressionAttributeNames = new() { ["#" + StoredNames.Id] = StoredNames.Id },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        var answer = await RecordTrouble.Of(id, table.PutAsync(dynamoDb, put, cancellationToken));
        return answer.Applied ? journal.Applied(row, null, StateItem.Read(state), attempts: 0) : Refused(row, token, answer.Item);
    }

    /// <summary>Writes a change if its row's condition holds, and says what the record is then.</summary>
    public async Task<TransitionOutcome> ApplyAsync(string id, StateChange change, CancellationToken cancellationToken)
    {
        if (change.Failure is { } failure)
        {
            change.FailsIn(await partitions.ForAsync(TableDefinition.Failed, failure.Owner, id, change.Time, cancellationToken));
        }

        var answer = await RecordTrouble.Of(id, WriteAsync(id, change, cancellationToken));

        if (!answer.Applied)
        {
            return Refused(change.Row, change.WriteToken, answer.Item);
        }

        var before = RecordTrouble.Read(answer.Item!, StateItem.Read);
        var after = RecordTrouble.Read(change.ApplyTo(answer.Item!), StateItem.Read);

        return journal.Applied(change.Row, StatusBefore.Of(before), after, after.LastAttemptNumber - before.LastAttemptNumber);
    }

    private async Task<WriteResult> WriteAsync(string id, StateChange change, CancellationToken cancellationToken)
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

            change.ShortensHistory(kept, RecordTrouble.Read(item, StateItem.Read).LastAttemptNumber)
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

        var current = RecordTrouble.Read(item, StateItem.Read);

        // A try whose answer was lost: this very write is what stands in its own way.
        return item.Text(StoredNames.WriteToken) == writeToken
            ? journal.Applied(row, Before(row, item), current, AttemptsOf(row))
            : journal.Refused(row, current);
    }

    /// <summary>How many attempts a write of a row adds, where the item before it is not known; not those that were lost with a lease.</summary>
    private static int AttemptsOf(Transition row) => row.AskedBy is [Asker.Worker] && row.Writes.Contains(RecordField.DeliveryResult) ? 1 : 0;

    /// <summary>What the item was before its last update, which was <paramref name="row"/>'s; null for a new one.</summary>
    private static StatusBefore? Before(Transition row, Item item) =>
        row.OnlyFrom is { } only ? new StatusBefore(only, IsFinal: false, Since: null)
        : item.Text(StoredNames.StatusBefore) is { } status
            ? new StatusBefore(NotificationStatus.Of(status), IsFinal: row == TransitionTable.Redeliver, Since: null)
            : null;
}
