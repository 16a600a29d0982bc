using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store;

namespace Waybill.StatusService.Queueing;

/// <summary>
/// The newest report about the queue, one item in the table, so that every replica shows the same. All methods throw
/// <see cref="TableUnavailableException"/>.
/// </summary>
internal sealed class QueueReportStore(IAmazonDynamoDB dynamoDb, TableCalls table, IOptions<TableOptions> options)
{
    private const string Waiting = "waiting";
    private const string InFlight = "inFlight";
    private const string DeadLetters = "dead";
    private const string ReadAt = "at";

    private static Item Key => new()
    {
        [StoredNames.Id] = StoredValue.Of(TableDefinition.QueueKey),
        [StoredNames.Kind] = StoredValue.Of(TableDefinition.QueueItem),
    };

    /// <summary>Keeps it unless a newer one is there, as each intake service reports for itself.</summary>
    public async Task PutAsync(QueueReport report, CancellationToken cancellationToken)
    {
        var item = Key;
        item[Waiting] = StoredValue.Of(report.Waiting);
        item[InFlight] = StoredValue.Of(report.InFlight);
        item[DeadLetters] = StoredValue.Of(report.DeadLetters);
        item[ReadAt] = StoredValue.Of(report.ReadAt);

        var put = new PutItemRequest
        {
            TableName = options.Value.Name,
            Item = item,
            ConditionExpression = "attribute_not_exists(#at) OR #at < :at",
            ExpressionAttributeNames = new() { ["#at"] = ReadAt },
            ExpressionAttributeValues = new() { [":at"] = item[ReadAt] },
        };

        try
        {
            await table.Call("PutItem", token => dynamoDb.PutItemAsync(put, token), cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // A newer one is there: all the better.
        }
    }

    /// <returns>Null before the first report.</returns>
    public async Task<QueueReport?> GetAsync(CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = options.Value.Name, Key = Key };
        var answer = await table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken);

        return answer.IsItemSet
            ? new QueueReport(
                answer.Item.RequiredInt(Waiting),
                answer.Item.RequiredInt(InFlight),
                answer.Item.RequiredInt(DeadLetters),
                answer.Item.RequiredTime(ReadAt))
            : null;
    }
}
