using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Counters;

/// <summary>Reads what all processes have counted.</summary>
internal sealed class CounterReader(ITableClient dynamoDb, TableCalls table, IOptions<TableOptions> options)
{
    /// <param name="owner">Null for all owners' together.</param>
    /// <param name="from">The start of a piece.</param>
    /// <param name="to">Where the last piece ends.</param>
    /// <returns>The pieces in which something happened, by their start.</returns>
    public async Task<IReadOnlyDictionary<DateTimeOffset, Tally>> ReadAsync(
        string? owner,
        CounterPeriod period,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken)
    {
        var tallies = new Dictionary<DateTimeOffset, Tally>();

        if (from >= to)
        {
            return tallies;
        }

        var request = new QueryRequest
        {
            TableName = options.Value.Name,
            KeyConditionExpression = "#counters = :counters AND #piece BETWEEN :from AND :to",
            ExpressionAttributeNames = new() { ["#counters"] = StoredNames.Id, ["#piece"] = StoredNames.Kind },
            ExpressionAttributeValues = new()
            {
                [":counters"] = StoredValue.Of(CounterItem.Partition(owner)),
                [":from"] = StoredValue.Of(period.Text(from)),
                [":to"] = StoredValue.Of(period.Last(to)),
            },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        do
        {
            var page = await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken);

            foreach (var item in page.Items)
            {
                var start = period.Parse(item.RequiredText(StoredNames.Kind));

                if (!tallies.TryGetValue(start, out var tally))
                {
                    tallies[start] = tally = new Tally();
                }

                tally.Add(CounterItem.Read(item));
            }

            request.ExclusiveStartKey = page.Next;
        }
        while (request.ExclusiveStartKey is not null);

        return tallies;
    }
}
