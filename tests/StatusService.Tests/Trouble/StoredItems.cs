using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Trouble;

/// <summary>Stores notifications as no release of today would: as the next one may, or as nobody should.</summary>
internal sealed class StoredItems(StatusFixture fixture)
{
    /// <param name="change">Made to an item that is as it should be.</param>
    public async Task<string> PutAsync(Action<Item> change, DateTimeOffset? createdAt = null)
    {
        var request = Submissions.New();
        var now = createdAt ?? DateTimeOffset.UtcNow;
        var item = StateItem.New(request, now, now.AddHours(1));
        item[StoredNames.Version] = StoredValue.Of(7);
        change(item);
        IndexKeys.AddTo(item);

        await IndexKeys.NoteAsync(fixture.Parts.Directory, item);
        await PutAsync(RequestItem.New(request, now.AddYears(100)));
        await PutAsync(item);
        return request.Id;
    }

    public async Task<Item> ReadAsync(string id) =>
        (await fixture.Backends.DynamoDbClient.GetItemAsync(TableDefinition.DefaultName, StateItem.Key(id), consistentRead: true)).Item;

    private Task PutAsync(Item item) =>
        fixture.Backends.DynamoDbClient.PutItemAsync(new PutItemRequest { TableName = TableDefinition.DefaultName, Item = item });
}
