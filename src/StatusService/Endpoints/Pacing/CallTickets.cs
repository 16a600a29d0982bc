using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Endpoints.Pacing;

/// <summary>
/// Numbers the calls of one second to an endpoint with a rate of its own, for all workers: each number is given once, by one write. A write whose answer was lost gives its
/// numbers to nobody, so that second gets fewer calls, never more.
/// </summary>
internal sealed class CallTickets(ITableClient dynamoDb, TableCalls table, TimeProvider time, IOptions<TableOptions> options)
{
    /// <summary>As many as the highest rate has in a second.</summary>
    public const int Most = 1_000;

    /// <summary>How far from now a second may lie: workers ask about the next one, by a clock that may be off by little.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(10);

    /// <summary>After that nobody asks about the second any more.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <returns>Null for a second that is not near, or for a number that no second has.</returns>
    public async Task<TicketsResponse?> TakeAsync(string endpointId, TicketsRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        if (request.Count is < 1 or > Most || Math.Abs(request.Second - now.ToUnixTimeSeconds()) > Near.TotalSeconds)
        {
            return null;
        }

        var update = new UpdateItemRequest
        {
            TableName = options.Value.Name,
            Key = new() { [StoredNames.Id] = StoredValue.Of(endpointId), [StoredNames.Kind] = StoredValue.Of($"{TableDefinition.Tickets} {request.Second}") },
            UpdateExpression = "SET #taken = if_not_exists(#taken, :none) + :count, #expiresAt = :expiresAt",
            ExpressionAttributeNames = new() { ["#taken"] = StoredNames.Tickets.Taken, ["#expiresAt"] = StoredNames.ExpiresAt },
            ExpressionAttributeValues = new() { [":none"] = StoredValue.Of(0), [":count"] = StoredValue.Of(request.Count), [":expiresAt"] = StoredValue.OfSeconds(now + Kept) },
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        var answer = await RecordTrouble.Of(endpointId, table.UpdateAsync(dynamoDb, update, cancellationToken));
        return new TicketsResponse(answer.Item!.RequiredInt(StoredNames.Tickets.Taken) - request.Count);
    }
}
