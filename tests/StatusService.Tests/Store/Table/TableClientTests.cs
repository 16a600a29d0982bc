using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2.Model;
using Waybill.Hosting.Aws;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Telemetry;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.Store.Table;

/// <summary>What goes over the wire, and that it is counted.</summary>
[Collection(StatusCollection.Name)]
public sealed partial class TableClientTests(StatusFixture fixture)
{
    private const string Table = TableDefinition.DefaultName;

    private readonly string _id = Guid.NewGuid().ToString("N");

    public static TheoryData<string> PlainCalls => [.. Plain("").Keys];

    public static TheoryData<string> OtherCalls => [.. Others("").Keys];

    /// <summary>Rules out a member that is lost or has another name, and a signature for another service or region.</summary>
    [Theory]
    [MemberData(nameof(PlainCalls))]
    public async Task A_call_goes_out_as_the_SDK_would_send_it(string name)
    {
        await using var listener = await TableListener.StartAsync(200, "{}");
        using var client = listener.CreateClient();
        using var sdk = listener.CreateSdkClient();

        await Plain(_id)[name](client);
        await Plain(_id)[name](sdk);

        Assert.Equal(2, listener.Calls.Count);
        var (ours, theirs) = (listener.Calls[0], listener.Calls[1]);
        Assert.Equal((theirs.Target, theirs.ContentType, theirs.Host), (ours.Target, ours.ContentType, ours.Host));
        Assert.Equal(Scope(theirs), Scope(ours));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(theirs.Body), JsonNode.Parse(ours.Body)), $"{JsonNode.Parse(theirs.Body)}\n{JsonNode.Parse(ours.Body)}");
        Assert.DoesNotContain("aws-sdk", ours.UserAgent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OtherCalls))]
    public async Task A_call_that_the_short_way_does_not_know_goes_through_the_SDK(string name)
    {
        await using var listener = await TableListener.StartAsync(200, "{}");
        using var client = listener.CreateClient();
        using var sdk = listener.CreateSdkClient();

        await Others(_id)[name](client);
        await Others(_id)[name](sdk);

        var (ours, theirs) = (listener.Calls[0], listener.Calls[1]);
        Assert.Contains("aws-sdk", ours.UserAgent, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(theirs.Body), JsonNode.Parse(ours.Body)));
    }

    /// <summary>The SDK's calls are counted in its pipeline, which the short way goes round: rules out none and twice.</summary>
    [Theory]
    [InlineData("short way", "PutItem", 200, 1)]
    [InlineData("SDK", "PutItem", 200, 1)]
    [InlineData("short way", "PutItem", 400, 1)]
    [InlineData("short way", "PutItem", 503, 3)]
    public async Task Each_try_is_counted_once_with_the_bytes_of_its_bodies(string way, string operation, int status, int tries)
    {
        const string Answer = """{"__type":"ConditionalCheckFailedException","message":"größer"}""";
        AwsCallCounter.Register();
        using var counted = new CountedCalls();
        await using var listener = await TableListener.StartAsync(status, Answer.Replace("Conditional", status == 503 ? "Un" : "Conditional", StringComparison.Ordinal));
        using var client = listener.CreateClient();
        var put = PutOf(_id);
        put.ReturnItemCollectionMetrics = way == "SDK" ? "SIZE" : null;

        try
        {
            await new TableCalls(TimeProvider.System, new Random(1)).PutAsync(client, put, CancellationToken.None);
        }
        catch (TableUnavailableException) when (status == 503)
        {
        }

        Assert.Equal(tries, listener.Calls.Count);
        Assert.Equal(tries, counted.Sum("waybill.aws.calls", operation));
        Assert.Equal(tries, counted.Count("waybill.aws.calls"));
        Assert.Equal(listener.Calls.Sum(call => call.Body.Length), counted.Sum("waybill.aws.bytes", operation, "transmit"));
        Assert.Equal(tries * listener.AnswerBytes, counted.Sum("waybill.aws.bytes", operation, "receive"));
    }

    /// <summary>Both clients, as the store may be given either.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conditional_write_is_answered_the_same_whether_the_client_throws_or_not(bool shortWay)
    {
        await using var listener = await TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint);
        using ITableClient client = shortWay ? listener.CreateClient() : listener.CreateSdkClient();
        var table = new TableCalls(TimeProvider.System, new Random(1));
        var put = PutOf(_id);
        put.ConditionExpression = "attribute_not_exists(pk)";
        var update = UpdateOf(_id);

        var first = await table.PutAsync(client, put, CancellationToken.None);
        var withoutItem = await table.PutAsync(client, put, CancellationToken.None);
        put.ReturnValuesOnConditionCheckFailure = "ALL_OLD";
        var withItem = await table.PutAsync(client, put, CancellationToken.None);
        var updated = await table.UpdateAsync(client, update, CancellationToken.None);
        update.ReturnValuesOnConditionCheckFailure = "ALL_OLD";
        var refused = await table.UpdateAsync(client, update, CancellationToken.None);
        var nothingThere = await table.UpdateAsync(client, UpdateOf(_id + "-missing"), CancellationToken.None);

        Assert.Equal(new WriteResult(true, null), first);
        Assert.Equal(new WriteResult(false, null), withoutItem);
        Assert.Equal((false, "old"), (withItem.Applied, withItem.Item!["status"].S));
        Assert.Equal((true, "old"), (updated.Applied, updated.Item!["status"].S));
        Assert.Equal((false, "new"), (refused.Applied, refused.Item!["status"].S));
        Assert.Equal(new WriteResult(false, null), nothingThere);
        Assert.Equal(6, listener.Calls.Count);
    }

    private static Dictionary<string, Func<ITableClient, Task>> Plain(string id) => new()
    {
        ["put"] = client => client.PutItemAsync(PutOf(id)),
        ["put with a condition"] = client => client.PutItemAsync(new PutItemRequest
        {
            TableName = Table,
            Item = new(Key(id)) { ["list"] = new() { L = [], IsLSet = true }, ["map"] = new() { M = [], IsMSet = true }, ["no"] = new() { BOOL = false }, ["empty"] = new("") },
            ConditionExpression = "attribute_not_exists(#pk) OR #fp = :fp",
            ExpressionAttributeNames = new() { ["#pk"] = "pk", ["#fp"] = "fp" },
            ExpressionAttributeValues = new() { [":fp"] = new() { B = new MemoryStream([1, 2, 3], 0, 3, false, true) } },
            ReturnValues = "ALL_OLD",
            ReturnValuesOnConditionCheckFailure = "ALL_OLD",
            ReturnConsumedCapacity = "INDEXES",
        }),
        ["update"] = client => client.UpdateItemAsync(UpdateOf(id)),
        ["consistent read"] = client => client.GetItemAsync(new GetItemRequest { TableName = Table, Key = Key(id), ConsistentRead = true, ReturnConsumedCapacity = "TOTAL" }),
        ["read"] = client => client.GetItemAsync(new GetItemRequest { TableName = Table, Key = Key(id) }),
        ["read that says it is not consistent"] = client => client.GetItemAsync(new GetItemRequest { TableName = Table, Key = Key(id), ConsistentRead = false }),
        ["read of many"] = client => client.BatchGetItemAsync(new BatchGetItemRequest
        {
            RequestItems = new() { [Table] = new() { Keys = [Key(id), Key(id + "-2")], ConsistentRead = true }, ["other"] = new() { Keys = [Key("x \" y")] } },
            ReturnConsumedCapacity = "TOTAL",
        }),
    };

    private static Dictionary<string, Func<ITableClient, Task>> Others(string id) => new()
    {
        ["read with a projection"] = client => client.GetItemAsync(new GetItemRequest
        {
            TableName = Table,
            Key = Key(id),
            ProjectionExpression = "#status",
            ExpressionAttributeNames = new() { ["#status"] = "status" },
        }),
        ["read of attributes"] = client => client.GetItemAsync(new GetItemRequest { TableName = Table, Key = Key(id), AttributesToGet = ["status"] }),
        ["put that wants metrics"] = client => client.PutItemAsync(new PutItemRequest { TableName = Table, Item = Key(id), ReturnItemCollectionMetrics = "SIZE" }),
        ["put that expects"] = client => client.PutItemAsync(new PutItemRequest
        {
            TableName = Table,
            Item = Key(id),
            Expected = new() { ["status"] = new() { Exists = false } },
            ConditionalOperator = "AND",
        }),
        ["update of attributes"] = client => client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = Table,
            Key = Key(id),
            AttributeUpdates = new() { ["status"] = new() { Action = "PUT", Value = new("new") } },
        }),
        ["update that expects"] = client => client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = Table,
            Key = Key(id),
            Expected = new() { ["status"] = new() { Exists = false } },
        }),
        ["update that wants metrics"] = client => client.UpdateItemAsync(new UpdateItemRequest { TableName = Table, Key = Key(id), ReturnItemCollectionMetrics = "SIZE" }),
        ["read of many with a projection"] = client => client.BatchGetItemAsync(new BatchGetItemRequest
        {
            RequestItems = new() { ["other"] = new() { Keys = [Key(id)] }, [Table] = new() { Keys = [Key(id)], ProjectionExpression = "pk" } },
        }),
        ["read of attributes of many"] = client => client.BatchGetItemAsync(new BatchGetItemRequest
        {
            RequestItems = new() { [Table] = new() { Keys = [Key(id)], AttributesToGet = ["status"] } },
        }),
    };

    private static PutItemRequest PutOf(string id) => new() { TableName = Table, Item = new(Key(id)) { ["status"] = new("old"), ["text"] = new("größe 😀 \"x\"") } };

    private static UpdateItemRequest UpdateOf(string id) => new()
    {
        TableName = Table,
        Key = Key(id),
        UpdateExpression = "SET #status = :new",
        ConditionExpression = "#status = :old",
        ExpressionAttributeNames = new() { ["#status"] = "status" },
        ExpressionAttributeValues = new() { [":new"] = new("new"), [":old"] = new("old") },
        ReturnValues = "ALL_OLD",
        ReturnConsumedCapacity = "TOTAL",
    };

    private static Item Key(string id) => new() { [TableDefinition.PartitionKey] = new(id), [TableDefinition.SortKey] = new(TableDefinition.RequestItem) };

    private static string Scope(HeardCall call) => ScopePattern().Match(call.Authorization).Value;

    [GeneratedRegex("Credential=[^,]+")]
    private static partial Regex ScopePattern();

    /// <summary>What the meter is told by this test's own calls: they are made in its execution context, others' are not.</summary>
    private sealed class CountedCalls : IDisposable
    {
        private static readonly AsyncLocal<CountedCalls?> Current = new();

        private readonly ConcurrentQueue<(string Instrument, long Value, string? Operation, string? Direction)> _measurements = new();
        private readonly MeterListener _listener = new();

        public CountedCalls()
        {
            Current.Value = this;
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name.StartsWith("waybill.aws.", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>(Note);
            _listener.Start();
        }

        public long Sum(string instrument, string operation, string? direction = null) => _measurements
            .Where(measured => measured.Instrument == instrument && measured.Operation == operation && measured.Direction == direction)
            .Sum(measured => measured.Value);

        public int Count(string instrument) => _measurements.Count(measured => measured.Instrument == instrument);

        public void Dispose() => _listener.Dispose();

        private void Note(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        {
            if (Current.Value != this)
            {
                return;
            }

            string? operation = null;
            string? direction = null;

            foreach (var (name, tag) in tags)
            {
                operation = name == WaybillTelemetry.AwsOperation ? (string?)tag : operation;
                direction = name == WaybillTelemetry.Direction ? (string?)tag : direction;
            }

            _measurements.Enqueue((instrument.Name, value, operation, direction));
        }
    }
}
