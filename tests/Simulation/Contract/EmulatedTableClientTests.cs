using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Waybill.LocalAws;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Table;
using Xunit;

namespace Waybill.Simulation.Contract;

[Collection(EmulatorCollection.Name)]
public sealed class EmulatedTableClientTests : TableClientContract, IDisposable
{
    private readonly EmulatorFixture _emulators;
    private readonly TableClient _client;

    public EmulatedTableClientTests(EmulatorFixture emulators)
    {
        _emulators = emulators;
        _client = new TableClient(
            new AmazonDynamoDBConfig
            {
                ServiceURL = emulators.Backends.DynamoDb.Endpoint.ToString(),
                AuthenticationRegion = LocalBackends.Region,
                DefaultAWSCredentials = new BasicAWSCredentials(LocalBackends.AccessKey, LocalBackends.AccessKey),
                MaxErrorRetry = 0,
            },
            TimeProvider.System);
    }

    private protected override ITableClient Client => _client;

    protected override IAmazonDynamoDB DynamoDb => _emulators.Backends.DynamoDbClient;

    public void Dispose() => _client.Dispose();

    /// <summary>Members from before there were expressions.</summary>
    [Fact]
    public async Task Legacy_members_are_honoured()
    {
        await DynamoDb.PutItemAsync(NewPut(("status", Text("old")), ("other", Text("thing"))));
        var table = TableDefinition.DefaultName;
        var put = new PutItemRequest { TableName = table, Item = Key(Id), Expected = new() { ["status"] = new() { Exists = false } } };
        var update = new UpdateItemRequest { TableName = table, Key = Key(Id), AttributeUpdates = new() { ["status"] = new() { Action = "PUT", Value = Text("new") } } };
        var get = new GetItemRequest { TableName = table, Key = Key(Id), AttributesToGet = ["status"], ConsistentRead = true };

        Assert.False((await Client.PutItemAsync(put)).Applied);
        await Client.UpdateItemAsync(update);
        var read = (await Client.GetItemAsync(get)).Item!;

        Assert.Equal(["status"], read.Keys);
        Assert.Equal("new", read["status"].S);
    }
}
