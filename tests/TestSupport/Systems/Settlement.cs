using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;

namespace Waybill.TestSupport.Systems;

/// <summary>Waits until nothing of a load is open any more, and reads what became of it.</summary>
public static class Settlement
{
    /// <summary>Twice the recovery at the default timeout, as a second crash may hit the same notification, and room for a busy machine.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <exception cref="TimeoutException">Some are still open; the message names them.</exception>
    public static async Task<IReadOnlyList<Outcome>> SettlesAsync(this WaybillSystem system, Load load)
    {
        await load.Completion;
        var ids = load.Posts.Select(post => post.Id).ToHashSet(StringComparer.Ordinal);

        await Eventually.BecomesAsync(
            async () => string.Join(' ', (await system.OpenAsync()).Where(ids.Contains)),
            open => open.Length == 0,
            Deadline,
            Interval);

        var outcomes = new List<Outcome>();

        foreach (var post in load.Posts)
        {
            outcomes.Add(new Outcome(post, await system.ReadAsync(post.Id), system.Receiver.CallsFor(post.Id)));
        }

        return outcomes;
    }

    /// <summary>Every notification that has a due time, which final ones have not; straight from the table's index.</summary>
    public static async Task<IReadOnlyList<string>> OpenAsync(this WaybillSystem system)
    {
        var request = new ScanRequest(TableDefinition.DefaultName) { IndexName = TableDefinition.Due.Name };
        var open = new List<string>();

        do
        {
            var page = await system.Backends.DynamoDbClient.ScanAsync(request);
            open.AddRange((page.Items ?? []).Select(item => item[TableDefinition.PartitionKey].S));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return open;
    }
}
