using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Waybill.Bench.Tests.Light;

/// <summary>Rules out that the bench counts other units than DynamoDB charges, or finds something else: the emulator is asked the same.</summary>
public sealed class LightUnitsTests(BothTables tables) : IClassFixture<BothTables>
{
    /// <summary>Of a test's own, so that none finds what another has put.</summary>
    private readonly string _partition = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(1100)]
    [InlineData(5000)]
    public Task A_put_costs_by_its_size_and_by_each_index_that_it_is_in(int bytes) => SameAsync(async table =>
    [
        await PutAsync(table, Item("plain", bytes)),
        await PutAsync(table, Item("due", bytes).With("dueShard", Text(_partition)).With("dueAt", Number(5))),
        await PutAsync(table, InAllIndexes("all", bytes, 1)),
        await PutAsync(table, InAllIndexes("all", bytes, 1)),
        await PutAsync(table, InAllIndexes("all", 10, 1)),
        await PutAsync(table, InAllIndexes("all", 10, 2)),
        await PutAsync(table, Item("all", 10)),
    ]);

    [Fact]
    public Task An_update_costs_by_the_larger_of_what_was_and_what_is_and_by_what_moves_in_an_index() => SameAsync(async table =>
    [
        await PutAsync(table, InAllIndexes("moved", 1500, 1)),
        await UpdateAsync(table, "moved", "SET filler = :one"),
        await UpdateAsync(table, "moved", "SET dueAt = :one"),
        await UpdateAsync(table, "moved", "SET dueAt = :two"),
        await UpdateAsync(table, "moved", "REMOVE dueShard, dueAt"),
        await UpdateAsync(table, "moved", "REMOVE failedShard, failedAt SET createdShard = :text"),
    ]);

    [Fact]
    public Task A_read_costs_by_size_and_half_where_it_may_be_late_and_also_for_what_is_not_there() => SameAsync(async table =>
    {
        await PutAsync(table, Item("small", 100));
        await PutAsync(table, Item("large", 9000));

        return
        [
            await GetAsync(table, "small", consistent: false),
            await GetAsync(table, "small", consistent: true),
            await GetAsync(table, "large", consistent: false),
            await GetAsync(table, "large", consistent: true),
            await GetAsync(table, "none", consistent: false),
            await GetAsync(table, "none", consistent: true),
        ];
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_query_of_the_table_costs_by_the_sum_of_the_sizes_and_gives_pages_in_both_directions(bool forward) => SameAsync(async table =>
    {
        for (var number = 0; number < 20; number++)
        {
            await PutAsync(table, Item(Name(number), 900));
        }

        return
        [
            await QueryAsync(table, ofTable => ofTable.ScanIndexForward = forward),
            await QueryAsync(table, ofTable => (ofTable.ScanIndexForward, ofTable.ConsistentRead) = (forward, true)),
            await QueryAsync(table, ofTable => (ofTable.ScanIndexForward, ofTable.Limit) = (forward, 7)),
            await QueryAsync(table, ofTable => (ofTable.ScanIndexForward, ofTable.Limit) = (forward, 20)),
            await QueryAsync(table, ofTable => Between(ofTable, "sk", Text(Name(3)), Text(Name(12))).ScanIndexForward = forward),
            await QueryAsync(table, ofTable => Between(ofTable, "sk", Text("item 00"), Text("item 1~")).Select = Select.COUNT),
            await QueryAsync(table, ofTable => Between(ofTable, "sk", Text("x"), Text("y")).ConsistentRead = true),
            await QueryAsync(table, ofTable => Between(ofTable, "sk", Text("x"), Text("y")).ScanIndexForward = forward),
        ];
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_query_of_an_index_costs_by_its_keys_whether_they_are_numbers_or_texts(bool forward) => SameAsync(async table =>
    {
        for (var number = 0; number < 90; number++)
        {
            // Some of them at the same time.
            await PutAsync(table, InAllIndexes(Name(number), 1200, number / 3));
        }

        return
        [
            await QueryAsync(table, query => Of(query, TableDefinition.Recent).ScanIndexForward = forward),
            await QueryAsync(table, query => (Of(query, TableDefinition.Recent).ScanIndexForward, query.Limit) = (forward, 30)),
            await QueryAsync(table, query => Between(Of(query, TableDefinition.Recent), "createdAt", Number(4), Number(9)).ScanIndexForward = forward),
            await QueryAsync(table, query => (Of(query, TableDefinition.Failed).ScanIndexForward, query.Limit) = (forward, 40)),
            await QueryAsync(table, query => Between(Of(query, TableDefinition.Failed), "failedAt", Text("0004"), Text("0009~")).ScanIndexForward = forward),
            await QueryAsync(table, query => Between(Of(query, TableDefinition.Failed), "failedAt", Text("0004"), Text("0009~")).Select = Select.COUNT),
            await QueryAsync(table, query => Of(query, TableDefinition.Correlation).ScanIndexForward = forward),
            await QueryAsync(table, query => Between(Of(query, TableDefinition.Correlation), "createdAt", Number(400), Number(900)).ScanIndexForward = forward),
            await QueryAsync(table, query => Of(query, TableDefinition.Endpoint).ScanIndexForward = forward),
            await QueryAsync(table, query => Between(Of(query, TableDefinition.Endpoint), "createdAt", Number(4), Number(9)).ScanIndexForward = forward),
        ];
    });

    [Fact]
    public Task A_page_ends_at_a_megabyte() => SameAsync(async table =>
    {
        for (var number = 0; number < 6; number++)
        {
            await PutAsync(table, Item(Name(number), 250_000));
        }

        return [await QueryAsync(table, query => query.ScanIndexForward = true), await QueryAsync(table, query => query.Select = Select.COUNT)];
    });

    [Fact]
    public async Task A_later_write_with_a_lower_number_is_refused_and_a_repeated_one_too()
    {
        await SameAsync(async table => [await CountAsync(table, 3), await CountAsync(table, 2), await CountAsync(table, 3), await CountAsync(table, 4)]);
    }

    [Fact]
    public async Task Of_a_batch_each_item_is_charged_by_itself_and_also_what_is_not_there()
    {
        await PutAsync(tables.Light, Item("one", 100));
        await PutAsync(tables.Light, Item("two", 4500));
        var keys = new KeysAndAttributes { Keys = [Key("one"), Key("two"), Key("none")] };

        var answer = await tables.Light.BatchGetItemAsync(new BatchGetItemRequest(new() { [TableDefinition.DefaultName] = keys }) { ReturnConsumedCapacity = "TOTAL" });

        Assert.Equal(2, answer.Responses[TableDefinition.DefaultName].Count);
        Assert.Equal(0.5 + 1 + 0.5, answer.ConsumedCapacity.Single().CapacityUnits);
    }

    /// <summary>As a claim of an event's notification reads the event and its endpoint.</summary>
    [Fact]
    public Task Items_of_two_partitions_are_read_in_one_call_and_what_is_not_there_is_left_out() => SameAsync(async table =>
    {
        await PutAsync(table, Item("one", 100));
        await PutAsync(table, Item("two", 100).With("pk", Text(_partition + " other")));

        return
        [
            await BatchAsync(table, Key("one"), Key("two").With("pk", Text(_partition + " other"))),
            await BatchAsync(table, Key("one"), Key("two")),
            await BatchAsync(table, Key("three"), Key("two")),
        ];
    });

    /// <summary>As a change of an endpoint is written.</summary>
    [Theory]
    [InlineData("ACTIVE", 1)]
    [InlineData("ACTIVE", 2)]
    [InlineData("DELETED", 1)]
    public Task A_change_is_written_where_the_status_is_one_of_several_and_the_version_is_that(string status, int version) => SameAsync(async table =>
    {
        await PutAsync(table, Item("endpoint", 100).With("status", Text(status)).With("ver", Number(version)).With("des", Text("old")));

        var update = new UpdateItemRequest
        {
            TableName = TableDefinition.DefaultName,
            Key = Key("endpoint"),
            UpdateExpression = "SET #url = :url, #ver = #ver + :one REMOVE #des",
            ConditionExpression = "#status IN (:active, :paused) AND #ver = :one",
            ExpressionAttributeNames = new() { ["#url"] = "url", ["#ver"] = "ver", ["#des"] = "des", ["#status"] = "status" },
            ExpressionAttributeValues = new() { [":url"] = Text("https://new.example"), [":one"] = Number(1), [":active"] = Text("ACTIVE"), [":paused"] = Text("PAUSED") },
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnConsumedCapacity = "TOTAL",
        };

        try
        {
            var answer = await table.UpdateItemAsync(update);
            return [Units(answer.ConsumedCapacity), Print(answer.Attributes)];
        }
        catch (ConditionalCheckFailedException refused)
        {
            return ["refused", Print(refused.Item)];
        }
    });

    private async Task SameAsync(Func<IAmazonDynamoDB, Task<string[]>> ask) => Assert.Equal(await ask(tables.Emulator), await ask(tables.Light));

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"item {number:00}");

    private static AttributeValue Text(string text) => new(text);

    private static AttributeValue Number(int number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private Item Key(string name) => new() { ["pk"] = Text(_partition), ["sk"] = Text(name) };

    private Item Item(string name, int bytes) => Key(name).With("filler", Text(new string('x', bytes)));

    private Item InAllIndexes(string name, int bytes, int time) => Item(name, bytes)
        .With("dueShard", Text(_partition)).With("dueAt", Number(time))
        .With("createdShard", Text(_partition)).With("createdAt", Number(time))
        .With("failedShard", Text(_partition)).With("failedAt", Text(string.Create(CultureInfo.InvariantCulture, $"{time:0000} mark")))
        .With("correlation", Text(_partition))
        .With("endpoint", Text(_partition));

    private static async Task<string> PutAsync(IAmazonDynamoDB table, Item item)
    {
        var answer = await table.PutItemAsync(new PutItemRequest(TableDefinition.DefaultName, item) { ReturnConsumedCapacity = "TOTAL" });
        return Units(answer.ConsumedCapacity);
    }

    private async Task<string> UpdateAsync(IAmazonDynamoDB table, string name, string expression)
    {
        var values = new Item { [":one"] = Number(1), [":two"] = Number(2), [":text"] = Text(_partition + "2") };
        var answer = await table.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = TableDefinition.DefaultName,
            Key = Key(name),
            UpdateExpression = expression,
            ExpressionAttributeValues = values.Where(value => expression.Contains(value.Key, StringComparison.Ordinal)).ToDictionary() is { Count: > 0 } used ? used : null,
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnConsumedCapacity = "TOTAL",
        });

        return $"{Units(answer.ConsumedCapacity)}: {string.Join(' ', answer.Attributes.Keys.Order(StringComparer.Ordinal))}";
    }

    private async Task<string> GetAsync(IAmazonDynamoDB table, string name, bool consistent)
    {
        var answer = await table.GetItemAsync(new GetItemRequest(TableDefinition.DefaultName, Key(name), consistent) { ReturnConsumedCapacity = "TOTAL" });
        return Units(answer.ConsumedCapacity);
    }

    private static async Task<string> BatchAsync(IAmazonDynamoDB table, params Item[] keys)
    {
        var answer = await table.BatchGetItemAsync(new BatchGetItemRequest(new() { [TableDefinition.DefaultName] = new() { Keys = [.. keys] } }));
        return $"{string.Join(' ', (answer.Responses.GetValueOrDefault(TableDefinition.DefaultName) ?? []).Select(Print).Order(StringComparer.Ordinal))}; left {answer.UnprocessedKeys?.Count ?? 0}";
    }

    /// <summary>As counts are written.</summary>
    private async Task<string> CountAsync(IAmazonDynamoDB table, int number)
    {
        try
        {
            var put = new PutItemRequest
            {
                TableName = TableDefinition.DefaultName,
                Item = Item("counts", 10).With("n", Number(number)),
                ConditionExpression = "attribute_not_exists(#number) OR #number < :number",
                ExpressionAttributeNames = new() { ["#number"] = "n" },
                ExpressionAttributeValues = new() { [":number"] = Number(number) },
                ReturnConsumedCapacity = "TOTAL",
            };

            return Units((await table.PutItemAsync(put)).ConsumedCapacity);
        }
        catch (ConditionalCheckFailedException)
        {
            return "refused";
        }
    }

    /// <summary>All pages, with what each took and where it ended.</summary>
    private async Task<string> QueryAsync(IAmazonDynamoDB table, Action<QueryRequest> change)
    {
        var request = new QueryRequest
        {
            TableName = TableDefinition.DefaultName,
            KeyConditionExpression = "#partition = :partition",
            ExpressionAttributeNames = new() { ["#partition"] = "pk" },
            ExpressionAttributeValues = new() { [":partition"] = Text(_partition) },
            ReturnConsumedCapacity = "TOTAL",
        };

        change(request);
        var pages = new List<string>();

        do
        {
            var answer = await table.QueryAsync(request);
            request.ExclusiveStartKey = answer.LastEvaluatedKey is { Count: > 0 } next ? next : null;

            pages.Add($"{Units(answer.ConsumedCapacity)}, {answer.Count}: {string.Join(' ', (answer.Items ?? []).Select(Print))}; {(request.ExclusiveStartKey is { } last ? Print(last) : "the end")}");
        }
        while (request.ExclusiveStartKey is not null);

        return string.Join('\n', pages);
    }

    private static string Print(Item item) =>
        string.Join(',', item.Where(attribute => attribute.Key != "filler").OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => attribute.Value.S ?? attribute.Value.N));

    private static QueryRequest Of(QueryRequest query, IndexDefinition index)
    {
        query.IndexName = index.Name;
        query.ExpressionAttributeNames["#partition"] = index.PartitionKey;
        return query;
    }

    private static QueryRequest Between(QueryRequest query, string sortKey, AttributeValue first, AttributeValue last)
    {
        query.KeyConditionExpression += " AND #sort BETWEEN :first AND :last";
        query.ExpressionAttributeNames["#sort"] = sortKey;
        query.ExpressionAttributeValues[":first"] = first;
        query.ExpressionAttributeValues[":last"] = last;
        return query;
    }

    private static string Units(ConsumedCapacity consumed) => consumed.CapacityUnits!.Value.ToString(CultureInfo.InvariantCulture);
}

internal static class ItemExtensions
{
    public static Item With(this Item item, string name, AttributeValue value)
    {
        item[name] = value;
        return item;
    }
}
