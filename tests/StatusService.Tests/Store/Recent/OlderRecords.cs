using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Store.Recent;

/// <summary>A table of a test's own, as a release before 0.2 has left it or still writes it.</summary>
internal sealed class OlderRecords(StatusFixture fixture, string table)
{
    /// <summary>In the shape of such a release: by hour and shard, everybody's together, in no other index.</summary>
    /// <returns>The record's id.</returns>
    public async Task<string> PutAsync(DateTimeOffset createdAt, string owner = "alice", Action<Item>? change = null)
    {
        var item = StateItem.New(Submissions.New(owner: owner), createdAt, createdAt);
        item.Remove(StoredNames.Correlation);
        item[StoredNames.CreatedShard] = StoredValue.Of(Shards.Created(createdAt, item[StoredNames.Id].S));

        change?.Invoke(item);

        await fixture.Backends.DynamoDbClient.PutItemAsync(table, item);
        return item[StoredNames.Id].S;
    }

    /// <summary>What is known of its hours; null for nothing.</summary>
    public Task SetKnownAsync(KnownHours? known) => known is null
        ? fixture.Backends.DynamoDbClient.DeleteItemAsync(table, OlderHoursItem.Key())
        : fixture.Backends.DynamoDbClient.PutItemAsync(table, OlderHoursItem.Write(known));

    /// <summary>The same, as it is stored.</summary>
    public async Task<KnownHours> GetKnownAsync() => OlderHoursItem.Read((await fixture.Backends.DynamoDbClient.GetItemAsync(table, OlderHoursItem.Key(), consistentRead: true)).Item);
}
