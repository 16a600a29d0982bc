using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;
using Waybill.TestSupport;
using Xunit;

namespace Waybill.Simulation.Contract;

/// <summary>
/// What the services rely on in DynamoDB. The simulator's table and the emulators are held to the same tests, so that a run on the
/// one says something about the other.
/// </summary>
public abstract class TableContract : TableRequests
{
    private const int WritesToSeeALag = 50;

    /// <summary>Whether a query of an index may miss what was just written, as on AWS.</summary>
    protected virtual bool IndexesLag => true;

    [Fact]
    public async Task A_put_whose_condition_holds_is_read_back_consistently()
    {
        await DynamoDb.PutItemAsync(NewPut(("status", Text("PENDING"))));

        var item = await Read();

        Assert.Equal("PENDING", item!["status"].S);
    }

    [Fact]
    public async Task What_is_not_there_is_read_as_no_item()
    {
        Assert.Null(await Read());
    }

    [Fact]
    public async Task A_put_whose_condition_fails_changes_nothing_and_returns_the_old_item()
    {
        await DynamoDb.PutItemAsync(NewPut(("status", Text("PENDING"))));

        var failure = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => DynamoDb.PutItemAsync(NewPut(("status", Text("QUEUED")))));

        Assert.Equal("PENDING", failure.Item["status"].S);
        Assert.Equal("PENDING", (await Read())!["status"].S);
    }

    [Fact]
    public async Task A_failed_condition_returns_no_item_unless_asked_to()
    {
        await DynamoDb.PutItemAsync(NewPut(("status", Text("PENDING"))));
        var put = NewPut(("status", Text("QUEUED")));
        put.ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.NONE;

        var failure = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => DynamoDb.PutItemAsync(put));

        Assert.True(failure.Item is null or { Count: 0 });
    }

    [Fact]
    public async Task An_update_sets_adds_appends_and_removes_and_returns_the_old_item()
    {
        await DynamoDb.PutItemAsync(NewPut(("status", Text("PENDING")), ("ver", Number(1)), ("lease", Text("token"))));
        var update = NewUpdate(
            "SET #status = :QUEUED, #ver = if_not_exists(#ver, :zero) + :one, #claims = if_not_exists(#claims, :zero) + :one, "
            + "#history = list_append(if_not_exists(#history, :none), :entry) REMOVE #lease",
            "#status = :PENDING",
            ["status", "ver", "claims", "history", "lease"],
            (":QUEUED", Text("QUEUED")), (":PENDING", Text("PENDING")), (":zero", Number(0)), (":one", Number(1)), (":none", List()), (":entry", List(Text("first"))));

        var old = (await DynamoDb.UpdateItemAsync(update)).Attributes;

        var item = await Read();
        Assert.Equal("PENDING", old["status"].S);
        Assert.Equal("QUEUED", item!["status"].S);
        Assert.Equal("2", item["ver"].N);
        Assert.Equal("1", item["claims"].N);
        Assert.Equal("first", Assert.Single(item["history"].L).S);
        Assert.False(item.ContainsKey("lease"));
    }

    [Fact]
    public async Task An_update_whose_condition_fails_changes_nothing_and_returns_the_item_as_it_is()
    {
        await DynamoDb.PutItemAsync(NewPut(("status", Text("SUCCESS"))));
        var update = NewUpdate("SET #status = :QUEUED", "#status = :PENDING", ["status"], (":QUEUED", Text("QUEUED")), (":PENDING", Text("PENDING")));

        var failure = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => DynamoDb.UpdateItemAsync(update));

        Assert.Equal("SUCCESS", failure.Item["status"].S);
        Assert.Equal("SUCCESS", (await Read())!["status"].S);
    }

    [Fact]
    public async Task An_update_of_what_is_not_there_fails_on_a_condition_that_names_a_value()
    {
        var update = NewUpdate("SET #status = :QUEUED", "#status = :PENDING", ["status"], (":QUEUED", Text("QUEUED")), (":PENDING", Text("PENDING")));

        var failure = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => DynamoDb.UpdateItemAsync(update));

        Assert.True(failure.Item is null or { Count: 0 });
        Assert.Null(await Read());
    }

    [Theory]
    [InlineData("#n < :five", true)]
    [InlineData("#n <= :four", true)]
    [InlineData("#n > :five", false)]
    [InlineData("#n >= :five OR #n = :four", true)]
    [InlineData("#n = :four AND NOT #n <> :four", true)]
    [InlineData("(#n = :five OR #n = :four) AND attribute_exists(#n)", true)]
    [InlineData("#n = :five OR #n = :four AND attribute_not_exists(#n)", false)]
    [InlineData("#missing <= :five", false)]
    [InlineData("#missing <> :five", true)]
    [InlineData("NOT #missing <= :five", true)]
    [InlineData("#n IN (:two, :four)", true)]
    [InlineData("#n IN (:five)", false)]
    [InlineData("#n IN (:two, :five) OR #n = :four", true)]
    [InlineData("#text IN (:four, :five)", false)]
    [InlineData("#missing IN (:four, :five)", false)]
    [InlineData("attribute_not_exists(#missing)", true)]
    [InlineData("#text = :five", false)]
    [InlineData("#text < :five", false)]
    [InlineData("size(#list) < :five", true)]
    [InlineData("size(#list) = :two", true)]
    [InlineData("size(#missing) < :five", false)]
    [InlineData("attribute_not_exists(#missing) OR size(#missing) < :five", true)]
    public async Task A_condition_holds_or_not_as_documented(string condition, bool holds)
    {
        await DynamoDb.PutItemAsync(NewPut(("n", Number(4)), ("text", Text("5")), ("list", List(Number(1), Number(2)))));
        var names = new[] { "n", "text", "list", "missing" }.Where(name => condition.Contains("#" + name, StringComparison.Ordinal));
        var values = new[] { (":two", Number(2)), (":four", Number(4)), (":five", Number(5)) }.Where(value => condition.Contains(value.Item1, StringComparison.Ordinal));
        var update = NewUpdate("SET #done = :done", condition, [.. names, "done"], [.. values, (":done", Text("yes"))]);

        var applied = await Applies(update);

        Assert.Equal(holds, applied);
    }

    [Fact]
    public async Task An_unused_or_missing_placeholder_is_refused()
    {
        await DynamoDb.PutItemAsync(NewPut(("n", Number(4))));
        var unused = NewUpdate("SET #n = :n", "attribute_exists(#n)", ["n", "other"], (":n", Number(5)));
        var missing = NewUpdate("SET #n = :m", "attribute_exists(#n)", ["n"], (":n", Number(5)));

        Assert.Equal("ValidationException", (await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => DynamoDb.UpdateItemAsync(unused))).ErrorCode);
        Assert.Equal("ValidationException", (await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => DynamoDb.UpdateItemAsync(missing))).ErrorCode);
    }

    [Fact]
    public async Task The_due_index_gives_keys_only_in_order_up_to_the_limit()
    {
        foreach (var due in new[] { 30, 10, 20, 40 })
        {
            await Put($"{Id}-{due}", due);
        }

        var found = await Eventually.BecomesAsync(() => Due(30, 100), items => items.Count == 3);
        var page = await Due(30, 2);

        Assert.Equal(["10", "20", "30"], found.Select(item => item[TableDefinition.Due.SortKey].N));
        Assert.Equal(["10", "20"], page.Select(item => item[TableDefinition.Due.SortKey].N));
        Assert.DoesNotContain("status", found[0].Keys);
    }

    [Fact]
    public async Task Each_index_gives_what_has_its_keys_in_the_order_of_their_type()
    {
        foreach (var index in TableDefinition.Indexes)
        {
            var isText = TableDefinition.KeyTypes[index.SortKey] == "S";
            var keys = new[] { 30, 9, 20, 40 }.Select(number => isText ? Text($"{number}") : Number(number)).ToArray();

            foreach (var (number, key) in keys.Index())
            {
                await Put($"{Id}-{index.Name}-{number}", index, key);
            }

            var expected = isText ? new[] { "20", "30", "40" } : ["9", "20", "30", "40"];
            var found = await Eventually.BecomesAsync(() => Query(index, isText ? Text("40") : Number(40), 100), items => items.Count == expected.Length);

            Assert.Equal(expected, found.Select(item => isText ? item[index.SortKey].S : item[index.SortKey].N));
            Assert.Equal(4, found[0].Count);
        }
    }

    [Fact]
    public async Task A_key_of_an_index_that_is_of_another_type_or_empty_is_refused()
    {
        var (due, failed) = (TableDefinition.Due, TableDefinition.Failed);

        foreach (var put in new[] { NewPut((due.SortKey, Text("soon"))), NewPut((failed.SortKey, Number(7))), NewPut((failed.PartitionKey, Text(""))) })
        {
            Assert.Equal("ValidationException", (await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => DynamoDb.PutItemAsync(put))).ErrorCode);
        }

        Assert.Null(await Read());
    }

    [Fact]
    public async Task What_loses_its_due_time_leaves_the_due_index()
    {
        await Put(Id, 10);
        await Eventually.BecomesAsync(() => Due(30, 100), items => items.Count == 1);

        await DynamoDb.UpdateItemAsync(NewUpdate("REMOVE #dueShard, #dueAt", "attribute_exists(#dueAt)", ["dueShard", "dueAt"]));

        await Eventually.BecomesAsync(() => Due(30, 100), items => items.Count == 0);
    }

    [Fact]
    public async Task The_due_index_may_lag_behind_a_write_and_converges()
    {
        var lagged = 0;

        for (var written = 1; written <= WritesToSeeALag; written++)
        {
            await Put($"{Id}-{written}", written);
            var seen = (await Due(WritesToSeeALag, 100)).Count;

            Assert.True(seen <= written);
            lagged += seen < written ? 1 : 0;
        }

        Assert.Equal(IndexesLag, lagged > 0);
        await Eventually.BecomesAsync(() => Due(WritesToSeeALag, 100), items => items.Count == WritesToSeeALag);
    }

    [Fact]
    public async Task A_consistent_read_does_not_lag_behind_a_write()
    {
        await DynamoDb.PutItemAsync(NewPut(("n", Number(0))));

        for (var written = 1; written <= WritesToSeeALag; written++)
        {
            await DynamoDb.UpdateItemAsync(NewUpdate("SET #n = :n", "attribute_exists(#n)", ["n"], (":n", Number(written))));

            Assert.Equal(written, int.Parse((await Read())!["n"].N, CultureInfo.InvariantCulture));
        }
    }
}
