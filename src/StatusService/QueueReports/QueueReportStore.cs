using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.QueueReports;

/// <summary>
/// The newest report about the queue, one item in the table, so that every replica shows the same. All methods throw
/// <see cref="TableUnavailableException"/>.
/// </summary>
internal sealed class QueueReportStore(ITableClient dynamoDb, TableCalls table, IOptions<TableOptions> options)
{
    private static Item Key => new()
    {
        [StoredNames.Id] = StoredValue.Of(TableDefinition.QueueKey),
        [StoredNames.Kind] = StoredValue.Of(TableDefinition.QueueItem),
    };

    /// <summary>Keeps it unless a newer one is there, as each intake service reports for itself.</summary>
    public async Task PutAsync(QueueReport report, CancellationToken cancellationToken)
    {
        var item = Key;
        item[StoredNames.Queue.Waiting] = StoredValue.Of(report.Waiting);
        item[StoredNames.Queue.InFlight] = StoredValue.Of(report.InFlight);
        item[StoredNames.Queue.DeadLetters] = StoredValue.Of(report.DeadLetters);
        item[StoredNames.Queue.ReadAt] = StoredValue.Of(report.ReadAt);

        var put = new PutItemRequest
        {
            TableName = options.Value.Name,
            Item = item,
            ConditionExpression = "attribute_not_exists(#at) OR #at < :at",
            ExpressionAttributeNames = new() { ["#at"] = StoredNames.Queue.ReadAt },
            ExpressionAttributeValues = new() { [":at"] = item[StoredNames.Queue.ReadAt] },
        };

        // Refused: a newer one is there, all the better.
        await table.PutAsync(dynamoDb, put, cancellationToken);
    }

    /// <returns>Null before the first report.</returns>
    public async Task<QueueReport?> GetAsync(CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = options.Value.Name, Key = Key };
        var answer = await table.Call("GetItem", token => dynamoDb.GetItemAsync(request, token), cancellationToken);

        return answer.Item is { } item ? RecordTrouble.Read(item, Read) : null;
    }

    private static QueueReport Read(Item item) => new(
        item.RequiredInt(StoredNames.Queue.Waiting),
        item.RequiredInt(StoredNames.Queue.InFlight),
        item.RequiredInt(StoredNames.Queue.DeadLetters),
        item.RequiredTime(StoredNames.Queue.ReadAt));
}

internal static class QueueReportExtensions
{
    public static void AddQueueReports(this WebApplicationBuilder builder) => builder.Services.AddSingleton<QueueReportStore>();
}
