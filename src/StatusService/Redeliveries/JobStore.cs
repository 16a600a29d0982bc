using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Redeliveries;

/// <summary>Reads and writes jobs; every write is conditional. All methods throw <see cref="TableUnavailableException"/>, and those about one job throw <see cref="RecordTroubleException"/>.</summary>
internal sealed partial class JobStore(ITableClient dynamoDb, TableCalls table, IOptions<TableOptions> options, ILogger<JobStore> logger)
{
    private string TableName => options.Value.Name;

    /// <summary>The job, read with strong consistency; null when there is none.</summary>
    public async Task<RedeliveryJob?> GetAsync(string id, CancellationToken cancellationToken) => (await GetWithPageAsync(id, cancellationToken))?.Job;

    /// <summary>The same, with the page that was given out last.</summary>
    public async Task<StoredJob?> GetWithPageAsync(string id, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = TableName, Key = JobItem.Key(id), ConsistentRead = true };
        var answer = await RecordTrouble.Of(id, table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken));
        return answer.Item is { } item ? RecordTrouble.Read(item, JobItem.ReadWithPage) : null;
    }

    /// <summary>
    /// Keeps a page with the job, as long as nobody has written the job since it was read. This is no version of its own: who works on the job knows the one before.
    /// </summary>
    public async Task NotePageAsync(RedeliveryJob job, NotedPage page, CancellationToken cancellationToken)
    {
        var parts = JobItem.Page(page);
        var sets = parts.Where(part => part.Value is not null).Select(part => $"#{part.Name} = :{part.Name}");
        var removes = parts.Where(part => part.Value is null).Select(part => $"#{part.Name}").ToArray();

        var update = new UpdateItemRequest
        {
            TableName = TableName,
            Key = JobItem.Key(job.Id),
            UpdateExpression = $"SET {string.Join(", ", sets)}{(removes.Length == 0 ? "" : " REMOVE " + string.Join(", ", removes))}",
            ConditionExpression = $"#{StoredNames.Version} = :{StoredNames.Version}",
            ExpressionAttributeNames = parts.Select(part => part.Name).Append(StoredNames.Version).ToDictionary(name => "#" + name, name => name),
            ExpressionAttributeValues = parts
                .Where(part => part.Value is not null)
                .Append((Name: StoredNames.Version, Value: StoredValue.Of(job.Version)))
                .ToDictionary(part => ":" + part.Name, part => part.Value!),
        };

        await RecordTrouble.Of(job.Id, table.UpdateAsync(dynamoDb, update, cancellationToken));
    }

    /// <summary>The newest jobs, newest first. The index may lag by a moment.</summary>
    public async Task<IReadOnlyList<RedeliveryJob>> RecentAsync(int limit, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = TableName,
            IndexName = TableDefinition.Recent.Name,
            KeyConditionExpression = "#shard = :shard",
            ExpressionAttributeNames = new() { ["#shard"] = StoredNames.CreatedShard },
            ExpressionAttributeValues = new() { [":shard"] = StoredValue.Of(Shards.Jobs) },
            ScanIndexForward = false,
            Limit = limit,
        };

        var keys = await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken);
        var jobs = await Task.WhenAll(keys.Items.Select(key => FindAsync(key.RequiredText(StoredNames.Id), cancellationToken)));

        return [.. jobs.OfType<RedeliveryJob>()];
    }

    /// <summary>Null for one that cannot be read, too.</summary>
    private async Task<RedeliveryJob?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(id, cancellationToken);
        }
        catch (RecordTroubleException trouble)
        {
            Log.LeftOut(logger, trouble.Id, trouble.Reason);
            return null;
        }
    }

    /// <summary>Stores a job, or finds it stored by an earlier try with the same id.</summary>
    public async Task<JobOutcome> InsertAsync(Item job, CancellationToken cancellationToken)
    {
        var put = new PutItemRequest
        {
            TableName = TableName,
            Item = job,
            ConditionExpression = "attribute_not_exists(#id)",
            ExpressionAttributeNames = new() { ["#id"] = StoredNames.Id },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };

        var answer = await RecordTrouble.Of(job[StoredNames.Id].S, table.PutAsync(dynamoDb, put, cancellationToken));
        return new JobOutcome(answer.Applied, RecordTrouble.Read(answer.Applied ? job : answer.Item!, JobItem.Read));
    }

    /// <summary>Writes a change if its condition holds, and says what the job is then.</summary>
    public async Task<JobOutcome> ApplyAsync(string id, JobChange change, CancellationToken cancellationToken)
    {
        var request = change.ToRequest(TableName, id);

        var answer = await RecordTrouble.Of(id, table.UpdateAsync(dynamoDb, request, cancellationToken));

        // A try whose answer was lost: this very write is what stands in its own way.
        return answer.Item is { } item
            ? new JobOutcome(answer.Applied || item.Text(StoredNames.WriteToken) == change.WriteToken, RecordTrouble.Read(item, JobItem.Read))
            : new JobOutcome(false, null);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{JobId} is left out of a list: it cannot be read. {Reason}")]
        public static partial void LeftOut(ILogger logger, string jobId, string reason);
    }
}
