using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Time.Testing;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Store.Table;

/// <summary>Through a listener before the emulator, which holds the two reads that may be under way until the others wait.</summary>
[Collection(StatusCollection.Name)]
public sealed class ItemReadsTests(StatusFixture fixture)
{
    private const int AtATime = 2;
    private static readonly string[] AlonePerLane = [.. Enumerable.Repeat("GetItem", AtATime)];

    private readonly string _test = Guid.NewGuid().ToString("N");
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_single_read_is_a_GetItem()
    {
        await PutAsync("one");
        await using var listener = await TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint);
        using var client = listener.CreateClient();

        var answer = await client.GetItemAsync(Get("one"));

        Assert.Equal("value of one", answer.Item!["value"].S);
        Assert.Equal(["GetItem"], listener.Operations);
    }

    [Fact]
    public async Task A_consistent_read_never_shares_a_request()
    {
        await using var listener = await TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint);
        using var client = listener.CreateClient();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetItemAsync(new GetItemRequest
        {
            TableName = TableDefinition.DefaultName,
            Key = Key("one"),
            ConsistentRead = true,
        })));

        Assert.Equal(Enumerable.Repeat("GetItem", 20), listener.Operations);
    }

    /// <summary>Rules out that somebody gets another's request, also where several want the same and where there is none.</summary>
    [Fact]
    public async Task Reads_that_come_while_others_are_under_way_share_a_request_and_each_gets_its_own_answer()
    {
        string[] there = [.. Enumerable.Range(0, 40).Select(number => $"there-{number}")];
        string[] wanted = [.. there, .. there[..20], .. Enumerable.Range(0, 20).Select(number => $"missing-{number}"), there[0], "missing-0"];
        await Task.WhenAll(there.Select(PutAsync));
        await using var listener = await HoldingListenerAsync();
        using var client = listener.CreateClient();
        await HoldLanesAsync(listener, client);

        var reads = wanted.Select(name => client.GetItemAsync(Get(name))).ToList();
        _release.SetResult();
        var answers = await Task.WhenAll(reads);

        Assert.Equal([.. AlonePerLane, "BatchGetItem"], listener.Operations);

        foreach (var (name, answer) in wanted.Zip(answers))
        {
            Assert.Equal(name.StartsWith("there", StringComparison.Ordinal), answer.Item is not null);
            Assert.Equal(answer.Item is not null ? "value of " + name : null, answer.Item?["value"].S);
        }
    }

    [Fact]
    public async Task No_request_asks_for_more_than_DynamoDB_allows()
    {
        await using var listener = await HoldingListenerAsync();
        using var client = listener.CreateClient();
        await HoldLanesAsync(listener, client);

        var reads = Enumerable.Range(0, 250).Select(number => client.GetItemAsync(Get($"missing-{number}"))).ToList();
        _release.SetResult();
        await Task.WhenAll(reads);

        var batches = listener.Calls.Where(call => call.Operation == "BatchGetItem").Select(KeysOf).ToList();
        Assert.Equal(250, batches.Sum());
        Assert.Equal(3, batches.Count);
        Assert.Equal(100, batches.Max());
    }

    /// <summary>What the meter shows is what DynamoDB charges.</summary>
    [Fact]
    public async Task The_units_of_a_shared_request_are_told_once()
    {
        string[] there = [.. Enumerable.Range(0, 10).Select(number => $"there-{number}")];
        await Task.WhenAll(there.Select(PutAsync));
        var charged = 0.0;
        await using var listener = await HoldingListenerAsync((call, answer) =>
        {
            if (call.Operation == "BatchGetItem")
            {
                charged += JsonNode.Parse(answer.Body)!["ConsumedCapacity"]!.AsArray().Sum(table => table!["CapacityUnits"]!.GetValue<double>());
            }

            return answer;
        });
        using var client = listener.CreateClient();
        await HoldLanesAsync(listener, client);

        var reads = there.Concat(there).Append("missing").Select(name => client.GetItemAsync(Get(name))).ToList();
        _release.SetResult();
        var answers = await Task.WhenAll(reads);

        Assert.True(charged > 0);
        Assert.Equal(charged, answers.Sum(answer => answer.Units));
        Assert.Single(answers, answer => answer.Units > 0);
    }

    [Fact]
    public async Task A_shared_request_that_fails_fails_each_of_its_reads_and_the_next_read_is_answered()
    {
        await PutAsync("one");
        await using var listener = await HoldingListenerAsync((call, answer) => call.Operation == "BatchGetItem" ? new GivenAnswer(500, "") : answer);
        using var client = listener.CreateClient();
        await HoldLanesAsync(listener, client);

        var reads = Enumerable.Range(0, 10).Select(number => client.GetItemAsync(Get($"read-{number % 7}"))).ToList();
        _release.SetResult();

        foreach (var read in reads)
        {
            var failure = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => read);
            Assert.Equal(500, (int)failure.StatusCode);
        }

        Assert.Equal("value of one", (await client.GetItemAsync(Get("one"))).Item!["value"].S);
    }

    [Fact]
    public async Task A_key_that_DynamoDB_refuses_fails_no_read_but_its_own()
    {
        await PutAsync("one");
        await using var listener = await HoldingListenerAsync();
        using var client = listener.CreateClient();
        await HoldLanesAsync(listener, client);
        var withEmptyKey = Get("one");
        withEmptyKey.Key[TableDefinition.PartitionKey] = new("");

        var refused = client.GetItemAsync(withEmptyKey);
        var read = client.GetItemAsync(Get("one"));
        _release.SetResult();

        Assert.Equal("ValidationException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => refused)).ErrorCode);
        Assert.Equal("value of one", (await read).Item!["value"].S);
    }

    [Fact]
    public async Task A_read_that_DynamoDB_leaves_out_is_asked_for_again_and_the_others_do_not_wait_for_it()
    {
        string[] names = ["left-out", "second", "third"];
        await Task.WhenAll(names.Select(PutAsync));
        var time = new FakeTimeProvider();
        await using var listener = await HoldingListenerAsync((call, answer) => call.Operation == "BatchGetItem" ? LeaveOut("left-out", answer) : answer);
        using var client = listener.CreateClient(time: time);
        await HoldLanesAsync(listener, client);

        var reads = names.Select(name => client.GetItemAsync(Get(name))).ToList();
        _release.SetResult();
        await Task.WhenAll(reads.Skip(1));

        // Not before a pause, which has not begun to pass here.
        Assert.False(reads[0].IsCompleted);
        Assert.Equal([.. AlonePerLane, "BatchGetItem"], listener.Operations);

        await AdvanceUntilAsync(time, reads[0]);
        Assert.Equal(names.Select(name => "value of " + name), reads.Select(read => read.Result.Item!["value"].S));
        Assert.Equal([.. AlonePerLane, "BatchGetItem", "GetItem"], listener.Operations);
    }

    /// <summary>A third of each answer is missing, as of a table that is busy: nobody's read fails for it.</summary>
    [Fact]
    public async Task Of_256_reads_of_which_DynamoDB_leaves_out_many_none_fails()
    {
        string[] names = [.. Enumerable.Range(0, 256).Select(number => $"partial-{number}")];
        await Task.WhenAll(names.Select(PutAsync));
        await using var listener = await HoldingListenerAsync((call, answer) => call.Operation == "BatchGetItem" ? LeaveOutEvery(3, answer) : answer);
        using var client = listener.CreateClient();
        await HoldLanesAsync(listener, client);

        var reads = names.Select(name => client.GetItemAsync(Get(name))).ToList();
        _release.SetResult();
        var answers = await Task.WhenAll(reads);

        Assert.Equal(names.Select(name => "value of " + name), answers.Select(answer => answer.Item!["value"].S));
    }

    [Fact]
    public async Task What_DynamoDB_never_gives_is_throttled_in_the_end()
    {
        await PutAsync("never");
        await PutAsync("other");
        var time = new FakeTimeProvider();
        await using var listener = await StartAsync();
        using var client = listener.CreateClient(time: time);
        await HoldLanesAsync(listener, client);

        var never = new[] { client.GetItemAsync(Get("never")), client.GetItemAsync(Get("other")) };
        _release.SetResult();

        await AdvanceUntilAsync(time, Task.WhenAll(never));
        await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => never[0]);
        Assert.InRange(listener.Calls.Count, 5, 30);

        // A GetItem alone cannot be answered in part: it is refused.
        Task<TableListener> StartAsync() => HoldingListenerAsync((call, answer) => call.Operation == "BatchGetItem"
            ? LeaveOutEvery(1, answer)
            : call.Body.AsSpan().IndexOf("held"u8) >= 0 ? answer : new GivenAnswer(400, """{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"busy"}"""));
    }

    /// <summary>Rules out that what an answer leaves out is asked for again and again without a pause.</summary>
    [Fact]
    public async Task Records_read_together_are_asked_for_again_after_pauses_until_all_are_there()
    {
        var ids = await new Queries.Listing.ListClient(fixture).PutAsync(Enumerable.Range(0, 40).Select(number => new DateTimeOffset(2003, 1, 1, 0, 0, number, TimeSpan.Zero)));
        var time = new FakeTimeProvider();
        await using var listener = await TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint, after: (_, answer) => LeaveOutEvery(2, answer));
        using var client = listener.CreateClient();
        var store = new StoreParts(client, calls: new TableCalls(time, new Random(1))).Store;

        var reading = store.GetManyAsync(ids, CancellationToken.None);
        await Eventually.BecomesAsync(() => Task.FromResult(listener.Calls.Count), count => count == 1);
        Assert.False(reading.IsCompleted);

        var advances = await AdvanceUntilAsync(time, reading);

        Assert.Equal(ids.Order(StringComparer.Ordinal), (await reading).Records.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(listener.Calls.Count, 2, 10);
        Assert.True(advances > 1, "It did not wait.");
    }

    [Fact]
    public async Task Records_that_are_left_out_for_ever_are_an_outage_in_which_nothing_was_written()
    {
        var ids = await new Queries.Listing.ListClient(fixture).PutAsync([new DateTimeOffset(2003, 2, 1, 0, 0, 0, TimeSpan.Zero)]);
        var time = new FakeTimeProvider();
        await using var listener = await TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint, after: (_, answer) => LeaveOutEvery(1, answer));
        using var client = listener.CreateClient();
        var store = new StoreParts(client, calls: new TableCalls(time, new Random(1))).Store;

        var reading = store.GetManyAsync(ids, CancellationToken.None);
        await AdvanceUntilAsync(time, reading);

        Assert.True((await Assert.ThrowsAsync<TableUnavailableException>(() => reading)).NothingWritten);
        Assert.InRange(listener.Calls.Count, 3, 20);
    }

    [Fact]
    public async Task A_caller_who_gives_up_takes_nobody_elses_answer_away()
    {
        await PutAsync("one");
        await using var listener = await HoldingListenerAsync();
        using var client = listener.CreateClient();
        await HoldLanesAsync(listener, client);
        using var gaveUp = new CancellationTokenSource();

        var first = client.GetItemAsync(Get("one"), gaveUp.Token);
        var second = client.GetItemAsync(Get("one"));
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _release.SetResult();

        Assert.Equal("value of one", (await second).Item!["value"].S);
    }

    private Task<TableListener> HoldingListenerAsync(Func<HeardCall, GivenAnswer, GivenAnswer>? after = null) =>
        TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint, _ => _release.Task, after);

    private async Task HoldLanesAsync(TableListener listener, TableClient client)
    {
        for (var lane = 0; lane < AtATime; lane++)
        {
            _ = client.GetItemAsync(Get("held"));
        }

        await Eventually.BecomesAsync(() => Task.FromResult(listener.Calls.Count), count => count == AtATime);
    }

    private Task PutAsync(string name)
    {
        var item = Key(name);
        item["value"] = new AttributeValue("value of " + name);
        return fixture.Backends.DynamoDbClient.PutItemAsync(new PutItemRequest { TableName = TableDefinition.DefaultName, Item = item });
    }

    private GetItemRequest Get(string name) => new() { TableName = TableDefinition.DefaultName, Key = Key(name), ReturnConsumedCapacity = "TOTAL" };

    private Item Key(string name) => new()
    {
        [TableDefinition.PartitionKey] = new($"{_test}-{name}"),
        [TableDefinition.SortKey] = new(TableDefinition.RequestItem),
    };

    /// <returns>How often the time had to go on.</returns>
    private static async Task<int> AdvanceUntilAsync(FakeTimeProvider time, Task task)
    {
        var advances = 0;

        await Eventually.BecomesAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(20));
                advances++;
                return Task.FromResult(task.IsCompleted);
            },
            completed => completed);

        return advances;
    }

    private static GivenAnswer LeaveOutEvery(int nth, GivenAnswer answer)
    {
        var body = JsonNode.Parse(answer.Body)!;
        var items = body["Responses"]![TableDefinition.DefaultName]!.AsArray();
        var left = items.Where((_, index) => index % nth == nth - 1).ToArray();

        foreach (var item in left)
        {
            items.Remove(item);
        }

        var keys = left.Select(item => (JsonNode)new JsonObject
        {
            [TableDefinition.PartitionKey] = item![TableDefinition.PartitionKey]!.DeepClone(),
            [TableDefinition.SortKey] = item[TableDefinition.SortKey]!.DeepClone(),
        }).ToArray();

        body["UnprocessedKeys"] = keys.Length == 0 ? new JsonObject() : new JsonObject { [TableDefinition.DefaultName] = new JsonObject { ["Keys"] = new JsonArray(keys) } };
        return answer with { Body = body.ToJsonString() };
    }

    private GivenAnswer LeaveOut(string name, GivenAnswer answer)
    {
        var id = $"{_test}-{name}";
        var body = JsonNode.Parse(answer.Body)!;
        var items = body["Responses"]![TableDefinition.DefaultName]!.AsArray();
        items.Remove(items.Single(item => item!["pk"]!["S"]!.GetValue<string>() == id));
        body["UnprocessedKeys"] = new JsonObject
        {
            [TableDefinition.DefaultName] = new JsonObject
            {
                ["Keys"] = new JsonArray(new JsonObject
                {
                    [TableDefinition.SortKey] = new JsonObject { ["S"] = TableDefinition.RequestItem },
                    [TableDefinition.PartitionKey] = new JsonObject { ["S"] = id },
                }),
                ["ConsistentRead"] = false,
            },
        };
        return answer with { Body = body.ToJsonString() };
    }

    private static int KeysOf(HeardCall call) => JsonNode.Parse(call.Body)!["RequestItems"]![TableDefinition.DefaultName]!["Keys"]!.AsArray().Count;
}
