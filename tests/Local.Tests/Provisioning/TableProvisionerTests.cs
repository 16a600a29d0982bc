using Amazon.DynamoDBv2.Model;
using Waybill.LocalAws;
using Waybill.Notifications.Storage;

namespace Waybill.Local.Tests.Provisioning;

/// <summary>Rules out that somebody's local data is lost, or not found, when a release needs other indexes.</summary>
public sealed class TableProvisionerTests : IAsyncLifetime
{
    private const string Correlation = "5:aliceorder-1";
    private const string EndpointId = "ep_1";

    private LocalBackends _backends = null!;

    public async Task InitializeAsync() => _backends = await LocalBackends.StartAsync();

    public async Task DisposeAsync() => await _backends.DisposeAsync();

    [Fact]
    public async Task The_table_of_an_earlier_release_gets_the_indexes_that_it_has_not_and_keeps_what_is_stored()
    {
        await OlderTable.CreateAsync(_backends);
        await PutAsync("old", ("createdShard", Text("2026112019-3")), ("createdAt", Number("1")), ("status", Text("SUCCESS")));

        await ProvisionAsync();
        await PutAsync("new", ("createdShard", Text("2026112019-3")), ("createdAt", Number("2")), ("correlation", Text(Correlation)));
        await PutAsync("event", ("createdAt", Number("3")), ("endpoint", Text(EndpointId)));
        await PutAsync("failed", ("failedShard", Text("2026112019-0 alice")), ("failedAt", Text("00001763664000 00001763663000 a b c")));

        Assert.Equal(TableDefinition.Indexes.Select(index => index.Name).Order(), (await DescribeAsync()).GlobalSecondaryIndexes.Select(index => index.IndexName).Order());
        Assert.Equal(["old", "new"], await FindAsync(TableDefinition.Recent, "2026112019-3"));
        Assert.Equal(["new"], await FindAsync(TableDefinition.Correlation, Correlation));
        Assert.Equal(["event"], await FindAsync(TableDefinition.Endpoint, EndpointId));
        Assert.Equal(["failed"], await FindAsync(TableDefinition.Failed, "2026112019-0 alice"));
        Assert.Equal("SUCCESS", (await GetAsync("old", "state"))!["status"].S);
    }

    [Fact]
    public async Task One_that_has_all_but_the_index_of_endpoints_gets_that_and_keeps_the_others()
    {
        await OlderTable.CreateAsync(_backends, TableDefinition.Indexes.Except([TableDefinition.Endpoint]));
        await PutAsync("old", ("createdAt", Number("1")), ("correlation", Text(Correlation)));

        await ProvisionAsync();
        await PutAsync("event", ("createdAt", Number("2")), ("correlation", Text(Correlation)), ("endpoint", Text(EndpointId)));

        Assert.Equal(["event"], await FindAsync(TableDefinition.Endpoint, EndpointId));
        Assert.Equal(["old", "event"], await FindAsync(TableDefinition.Correlation, Correlation));
    }

    [Fact]
    public async Task What_was_stored_with_the_keys_of_an_index_before_it_was_there_is_found_by_it()
    {
        await OlderTable.CreateAsync(_backends);
        await PutAsync("early", ("createdAt", Number("1")), ("correlation", Text(Correlation)));

        await ProvisionAsync();

        Assert.Equal(["early"], await FindAsync(TableDefinition.Correlation, Correlation));
    }

    [Fact]
    public async Task A_table_that_has_all_indexes_is_left_as_it_is()
    {
        await ProvisionAsync();
        await PutAsync("kept", ("status", Text("SUCCESS")));
        var before = await DescribeAsync();

        await ProvisionAsync();

        Assert.Equal(before.TableId, (await DescribeAsync()).TableId);
        Assert.NotNull(await GetAsync("kept", "state"));
    }

    [Fact]
    public async Task A_new_table_says_that_no_earlier_release_has_written_to_it()
    {
        await ProvisionAsync();

        var item = await OlderHoursAsync();
        var hour = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(item![TableDefinition.OlderHoursTo].N, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal("0", item[TableDefinition.OlderHoursFrom].N);
        Assert.Equal(TimeSpan.Zero, new TimeSpan(hour.Ticks % TimeSpan.TicksPerHour));
        Assert.InRange(DateTimeOffset.UtcNow - hour, TimeSpan.Zero, TimeSpan.FromHours(1.1));
    }

    [Fact]
    public async Task One_of_an_earlier_release_does_not_say_so()
    {
        await OlderTable.CreateAsync(_backends);

        await ProvisionAsync();

        Assert.Null(await OlderHoursAsync());
    }

    private static AttributeValue Text(string text) => new(text);

    private static AttributeValue Number(string number) => new() { N = number };

    private Task ProvisionAsync() => new Provisioner(_backends.DynamoDbClient, _backends.SqsClient).ProvisionAsync();

    private async Task<TableDescription> DescribeAsync() => (await _backends.DynamoDbClient.DescribeTableAsync(TableDefinition.DefaultName)).Table;

    private Task<Dictionary<string, AttributeValue>?> OlderHoursAsync() => GetAsync(TableDefinition.Partitions, TableDefinition.OlderHoursItem);

    private async Task<Dictionary<string, AttributeValue>?> GetAsync(string partition, string sort)
    {
        var key = new Dictionary<string, AttributeValue> { [TableDefinition.PartitionKey] = Text(partition), [TableDefinition.SortKey] = Text(sort) };
        var answer = await _backends.DynamoDbClient.GetItemAsync(TableDefinition.DefaultName, key, consistentRead: true);
        return answer.Item is { Count: > 0 } item ? item : null;
    }

    private async Task PutAsync(string id, params (string Name, AttributeValue Value)[] attributes)
    {
        var item = attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
        item[TableDefinition.PartitionKey] = Text(id);
        item[TableDefinition.SortKey] = Text(TableDefinition.StateItem);
        await _backends.DynamoDbClient.PutItemAsync(TableDefinition.DefaultName, item);
    }

    private async Task<IEnumerable<string>> FindAsync(IndexDefinition index, string partition)
    {
        var answer = await _backends.DynamoDbClient.QueryAsync(new QueryRequest
        {
            TableName = TableDefinition.DefaultName,
            IndexName = index.Name,
            KeyConditionExpression = "#partition = :partition",
            ExpressionAttributeNames = new() { ["#partition"] = index.PartitionKey },
            ExpressionAttributeValues = new() { [":partition"] = Text(partition) },
        });

        return answer.Items.Select(item => item[TableDefinition.PartitionKey].S);
    }
}
