using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Table;
using Xunit;

namespace Waybill.Simulation.Contract;

/// <summary>
/// What the short way of the status service's client says of a call, beside what the SDK's client says of the same call to the same
/// emulator.
/// </summary>
public abstract class TableClientContract : TableRequests
{
    private const string SetStatus = "SET #status = :new";

    private protected abstract ITableClient Client { get; }

    private SdkTableClient Sdk => new(DynamoDb);

    public static TheoryData<string> KindsOfValue => [.. Values.Keys];

    private static readonly Dictionary<string, AttributeValue> Values = new()
    {
        ["text"] = Text("plain"),
        ["empty text"] = Text(""),
        ["unicode"] = Text("Größe 件 😀 \u0301 \u2028\u2029 \ufeff \uffff"),
        ["control characters"] = Text(string.Concat(Enumerable.Range(0, 33).Select(code => (char)code)) + "\u007f\u0085"),
        ["characters that JSON escapes"] = Text("\"\\/<script>&'+\b\f\n\r\t</script>"),
        ["large text"] = Text(string.Concat(Enumerable.Repeat("0123456789 äöü\n", 300 * 1024 / 18))),
        ["number"] = new() { N = "1764324000123" },
        ["negative number"] = new() { N = "-0.5" },
        ["longest number"] = new() { N = "12345678901234567890123456789012345678" },
        ["true"] = new() { BOOL = true },
        ["false"] = new() { BOOL = false },
        ["bytes"] = new() { B = new MemoryStream([0, 1, 2, 253, 254, 255], 0, 6, false, true) },
        ["bytes in a stream that hides its buffer"] = new() { B = new MemoryStream([7, 8, 9]) },
        ["bytes in a part of a buffer"] = new() { B = new MemoryStream([1, 2, 3, 4, 5, 6], 2, 3, false, true) },
        ["large bytes"] = new() { B = LargeBytes() },
        ["list"] = List(Text("a"), Number(1), new AttributeValue { BOOL = true }, List(), List(List(Text("deep")))),
        ["empty list"] = List(),
        ["map"] = Map(("a", Text("b")), ("größe \"x\"", Number(2)), ("", Text("no name"))),
        ["empty map"] = Map(),
        ["nested"] = Map(("list", List(Map(("list", List(Map(("bytes", new AttributeValue { B = new MemoryStream([1], 0, 1, false, true) }))))))), ("none", Map())),
    };

    [Theory]
    [MemberData(nameof(KindsOfValue))]
    public async Task A_value_that_is_put_is_read_the_same_by_all_ways_to_read(string kind)
    {
        await Client.PutItemAsync(NewPut(("value", Values[kind])));

        var expected = Show(Values[kind]);
        var bySdk = await Sdk.GetItemAsync(Get(consistent: true));
        var consistently = await Client.GetItemAsync(Get(consistent: true));
        var together = await Client.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = new() { [Table] = new() { Keys = [Key(Id)], ConsistentRead = true } } });

        Assert.Equal(expected, Show(bySdk.Item!["value"]));
        Assert.Equal(expected, Show(consistently.Item!["value"]));
        Assert.Equal(expected, Show(Assert.Single(together.Items[Table])["value"]));
    }

    [Theory]
    [MemberData(nameof(KindsOfValue))]
    public async Task A_value_that_an_update_sets_comes_back_with_it(string kind)
    {
        var update = NewUpdate("SET #value = :value", "attribute_not_exists(#value)", ["value"], (":value", Values[kind]));
        update.ReturnValues = ReturnValue.ALL_NEW;

        var answer = await Client.UpdateItemAsync(update);

        Assert.Equal(Show(Values[kind]), Show(answer.Item!["value"]));
    }

    [Theory]
    [InlineData("NONE", false, "none")]
    [InlineData("ALL_OLD", true, "old")]
    [InlineData("ALL_OLD", false, "none")]
    public Task A_put_answers_as_the_SDK_says(string returned, bool over, string expected) => AnswersLikeTheSdk(expected, async (client, id) =>
    {
        if (over)
        {
            await Sdk.PutItemAsync(PutOf(id, "old"));
        }

        var put = PutOf(id, "new");
        put.ReturnValues = returned;
        var answer = await client.PutItemAsync(put);
        return $"{answer.Applied} {Show(answer.Item, answer.Units)}";
    });

    [Theory]
    [InlineData("NONE", "none")]
    [InlineData("ALL_OLD", "old")]
    [InlineData("ALL_NEW", "new")]
    [InlineData("UPDATED_OLD", "old")]
    [InlineData("UPDATED_NEW", "new")]
    public Task An_update_answers_as_the_SDK_says(string returned, string expected) => AnswersLikeTheSdk(expected, async (client, id) =>
    {
        await Sdk.PutItemAsync(PutOf(id, "old"));
        var answer = await client.UpdateItemAsync(UpdateOf(id, "#status = :expected", "old", returned));
        return $"{answer.Applied} {Show(answer.Item, answer.Units)}";
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_read_answers_as_the_SDK_says(bool consistent) => AnswersLikeTheSdk("old", async (client, id) =>
    {
        await Sdk.PutItemAsync(PutOf(id, "old"));
        var answer = await client.GetItemAsync(Get(consistent, id));
        return Show(answer.Item, answer.Units);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_read_of_what_is_not_there_answers_as_the_SDK_says(bool consistent) => AnswersLikeTheSdk("none", async (client, id) =>
    {
        var answer = await client.GetItemAsync(Get(consistent, id));
        return Show(answer.Item, answer.Units);
    });

    [Fact]
    public Task A_read_of_many_answers_as_the_SDK_says() => AnswersLikeTheSdk("old", async (client, id) =>
    {
        await Sdk.PutItemAsync(PutOf(id, "old"));
        await Sdk.PutItemAsync(PutOf(id + "-second", "older"));
        var answer = await client.BatchGetItemAsync(new BatchGetItemRequest
        {
            RequestItems = new() { [Table] = new() { Keys = [Key(id), Key(id + "-second"), Key(id + "-missing")], ConsistentRead = true } },
            ReturnConsumedCapacity = "TOTAL",
        });

        var items = answer.Items[Table].Select(item => Show(item)).Order(StringComparer.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', items)} {answer.Left.Count} {answer.Units} units");
    });

    [Theory]
    [InlineData("ALL_OLD", "old")]
    [InlineData("NONE", "none")]
    [InlineData(null, "none")]
    public async Task A_refused_put_is_an_answer_with_what_the_SDK_throws(string? returned, string expected)
    {
        await Sdk.PutItemAsync(PutOf(Id, "old"));
        var put = PutOf(Id, "new");
        put.ConditionExpression = "attribute_not_exists(pk)";
        put.ReturnValuesOnConditionCheckFailure = returned;

        var answer = await Client.PutItemAsync(put);
        var thrown = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => DynamoDb.PutItemAsync(put));

        Assert.False(answer.Applied);
        Assert.Equal(Show(thrown.Item), Show(answer.Item));
        Assert.Contains(expected, Show(answer.Item), StringComparison.Ordinal);
        Assert.Equal("old", (await Read())!["status"].S);
    }

    [Theory]
    [InlineData("ALL_OLD", "old")]
    [InlineData("NONE", "none")]
    [InlineData(null, "none")]
    public async Task A_refused_update_is_an_answer_with_what_the_SDK_throws(string? returned, string expected)
    {
        await Sdk.PutItemAsync(PutOf(Id, "old"));
        var update = UpdateOf(Id, "#status = :expected", "another", "ALL_OLD");
        update.ReturnValuesOnConditionCheckFailure = returned;

        var answer = await Client.UpdateItemAsync(update);
        var thrown = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => DynamoDb.UpdateItemAsync(update));

        Assert.False(answer.Applied);
        Assert.Equal(Show(thrown.Item), Show(answer.Item));
        Assert.Contains(expected, Show(answer.Item), StringComparison.Ordinal);
        Assert.Equal("old", (await Read())!["status"].S);
    }

    [Fact]
    public async Task An_update_of_what_is_not_there_is_refused_without_an_item()
    {
        var answer = await Client.UpdateItemAsync(UpdateOf(Id, "#status = :expected", "old", "ALL_OLD"));

        Assert.False(answer.Applied);
        Assert.Equal("none", Show(answer.Item));
        Assert.Null(await Read());
    }

    [Theory]
    [InlineData("PutItem")]
    [InlineData("UpdateItem")]
    [InlineData("GetItem")]
    [InlineData("BatchGetItem")]
    public async Task A_table_that_is_missing_is_the_same_exception_as_the_SDKs(string operation)
    {
        var ours = await Assert.ThrowsAsync<ResourceNotFoundException>(() => Call(Client, operation, "missing"));
        var theirs = await Assert.ThrowsAsync<ResourceNotFoundException>(() => Call(Sdk, operation, "missing"));

        Assert.Equal(Show(theirs), Show(ours));
    }

    [Fact]
    public async Task An_expression_that_is_wrong_is_the_same_exception_as_the_SDKs()
    {
        var update = NewUpdate("SET #status :one", "#status = :one", ["status"], (":one", Text("one")));

        var ours = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.UpdateItemAsync(update));
        var theirs = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Sdk.UpdateItemAsync(update));

        Assert.Equal("ValidationException", ours.ErrorCode);
        Assert.Equal(Show(theirs), Show(ours));
    }

    [Fact]
    public async Task A_projection_is_honoured()
    {
        await Sdk.PutItemAsync(NewPut(("status", Text("old")), ("other", Text("thing"))));
        Dictionary<string, string> names = new() { ["#status"] = "status" };

        var one = await Client.GetItemAsync(new GetItemRequest { TableName = Table, Key = Key(Id), ProjectionExpression = "#status", ExpressionAttributeNames = names, ConsistentRead = true });
        var many = await Client.BatchGetItemAsync(new BatchGetItemRequest
        {
            RequestItems = new() { [Table] = new() { Keys = [Key(Id)], ProjectionExpression = "#status", ExpressionAttributeNames = names, ConsistentRead = true } },
        });

        Assert.Equal(["status"], one.Item!.Keys);
        Assert.Equal(["status"], Assert.Single(many.Items[Table]).Keys);
    }

    private protected static Task Call(ITableClient client, string operation, string table) => operation switch
    {
        "PutItem" => client.PutItemAsync(new PutItemRequest { TableName = table, Item = Key("id") }),
        "UpdateItem" => client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = Key("id"),
            UpdateExpression = "SET a = :a",
            ExpressionAttributeValues = new() { [":a"] = Text("a") },
        }),
        "GetItem" => client.GetItemAsync(new GetItemRequest { TableName = table, Key = Key("id") }),
        "BatchGetItem" => client.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = new() { [table] = new() { Keys = [Key("id")] } } }),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
    };

    private static string Table => TableDefinition.DefaultName;

    /// <param name="call">With an item of its own each time.</param>
    private async Task AnswersLikeTheSdk(string expected, Func<ITableClient, string, Task<string>> call)
    {
        var ours = (await call(Client, Id + "-ours")).Replace(Id + "-ours", "id", StringComparison.Ordinal);
        var theirs = (await call(Sdk, Id + "-sdks")).Replace(Id + "-sdks", "id", StringComparison.Ordinal);

        Assert.Equal(theirs, ours);
        Assert.Contains(expected, ours, StringComparison.Ordinal);
    }

    private static PutItemRequest PutOf(string id, string status)
    {
        var item = Key(id);
        item["status"] = Text(status);
        item["other"] = Number(1);
        return new PutItemRequest { TableName = Table, Item = item, ReturnConsumedCapacity = "TOTAL" };
    }

    private static UpdateItemRequest UpdateOf(string id, string condition, string expected, string returned) => new()
    {
        TableName = Table,
        Key = Key(id),
        UpdateExpression = SetStatus,
        ConditionExpression = condition,
        ExpressionAttributeNames = new() { ["#status"] = "status" },
        ExpressionAttributeValues = new() { [":new"] = Text("new"), [":expected"] = Text(expected) },
        ReturnValues = returned,
        ReturnConsumedCapacity = "TOTAL",
    };

    private GetItemRequest Get(bool consistent, string? id = null) =>
        new() { TableName = Table, Key = Key(id ?? Id), ConsistentRead = consistent ? true : null, ReturnConsumedCapacity = "TOTAL" };

    private static AttributeValue Map(params (string Name, AttributeValue Value)[] entries) =>
        new() { M = entries.ToDictionary(entry => entry.Name, entry => entry.Value), IsMSet = true };

    private static MemoryStream LargeBytes()
    {
        var bytes = new byte[300 * 1024];
        new Random(1).NextBytes(bytes);
        return new MemoryStream(bytes, 0, bytes.Length, false, true);
    }

    private static string Show(AmazonDynamoDBException exception) => $"{exception.StatusCode} {exception.ErrorCode} {exception.ErrorType} {exception.Message}";

    private static string Show(Item? item, double units) => string.Create(CultureInfo.InvariantCulture, $"{Show(item)} {units} units");

    private static string Show(Item? item) => item is not { Count: > 0 }
        ? "none"
        : $"{{{string.Join(", ", item.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {Show(entry.Value)}"))}}}";

    private static string Show(AttributeValue value) => value switch
    {
        { S: { } text } => "S " + text,
        { N: { } number } => "N " + number,
        { BOOL: { } flag } => "BOOL " + flag,
        { B: { } bytes } => "B " + Convert.ToBase64String(bytes.ToArray()),
        { IsLSet: true } => $"L [{string.Join(", ", value.L.Select(Show))}]",
        { IsMSet: true } => "M " + Show(value.M),
        _ => "nothing",
    };
}
