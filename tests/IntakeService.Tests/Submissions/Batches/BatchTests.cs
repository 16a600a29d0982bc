using System.Net;
using System.Text.Json;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;

namespace Waybill.IntakeService.Tests.Submissions.Batches;

[Collection(IntakeCollection.Name)]
public sealed class BatchTests(IntakeFixture intake)
{
    private const string Good = """{"url":"http://127.0.0.1:9/hook"}""";

    private readonly string _key = $"key-{Guid.NewGuid()}";

    private IntakeSetup Setup => intake.Setup;

    [Fact]
    public async Task A_hundred_are_stored_and_queued_once_each_with_results_in_the_order_given()
    {
        var entries = Enumerable.Range(0, 100).Select(n => $$"""{"url":"http://127.0.0.1:9/{{n}}","correlationId":"batch-{{n}}"}""");

        var results = await SubmitAsync([.. entries]);

        Assert.Equal(Enumerable.Range(0, 100), results.Select(result => result.GetProperty("index").GetInt32()));
        Assert.All(results, result => Assert.Equal("QUEUED", result.GetProperty("status").GetString()));
        Assert.All(results, result => Assert.False(result.TryGetProperty("problem", out _)));

        var counts = await Setup.Queue.CountsAsync();
        Assert.All(results, result => Assert.Equal(1, counts.GetValueOrDefault(Id(result))));

        var last = await Setup.RecordAsync(Id(results[99]));
        Assert.Equal(("alice", "http://127.0.0.1:9/99", "batch-99"), (last.Owner, last.Url, last.CorrelationId));
    }

    [Fact]
    public async Task Bad_entries_get_the_problem_they_would_get_alone_and_do_not_harm_the_others()
    {
        var tooLarge = $$"""{"url":"http://127.0.0.1:9/","payloadText":"{{new string('x', (256 * 1024) + 1)}}"}""";

        var results = await SubmitAsync(Good, """{"url":"ftp://a","timeoutSeconds":31}""", "7", tooLarge, """{"url":"http://127.0.0.1:9/","retries":3}""", Good);

        Assert.Equal("QUEUED", results[0].GetProperty("status").GetString());
        Assert.Equal("QUEUED", results[5].GetProperty("status").GetString());
        AssertProblem(results[1], 400, "validation", "url", "timeoutSeconds");
        AssertProblem(results[2], 400, "validation", "$");
        AssertProblem(results[3], 413, "body-too-large", "payloadText");
        AssertProblem(results[4], 400, "validation", "retries");
    }

    [Fact]
    public async Task A_key_makes_it_safe_to_repeat_an_entry_in_a_batch_and_alone()
    {
        var entry = $$"""{"url":"http://127.0.0.1:9/hook","idempotencyKey":"{{_key}}"}""";

        var first = (await SubmitAsync(entry)).Single();
        var again = (await SubmitAsync(Good, entry))[1];
        var alone = await intake.Alice.SubmitAsync(Good, _key);

        Assert.Equal(NotificationId.FromIdempotencyKey("alice", _key), Id(first));
        Assert.Equal(Id(first), Id(again));
        Assert.Equal((Id(first), "true"), (alone.Id, alone.Headers["Idempotent-Replayed"]));
        Assert.Equal(1, await Setup.Queue.CountAsync(Id(first)));
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_request_is_refused_for_that_entry_only()
    {
        await intake.Alice.SubmitAsync("""{"url":"http://127.0.0.1:9/other"}""", _key);

        var results = await SubmitAsync($$"""{"url":"http://127.0.0.1:9/hook","idempotencyKey":"{{_key}}"}""", Good);

        AssertProblem(results[0], 422, "idempotency-key-reused");
        Assert.Equal("QUEUED", results[1].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Race_of_the_same_entry_many_times_in_one_batch_stores_it_once()
    {
        var entry = $$"""{"url":"http://127.0.0.1:9/hook","idempotencyKey":"{{_key}}"}""";

        var results = await SubmitAsync([.. Enumerable.Repeat(entry, 50)]);

        Assert.Single(results.Select(Id).Distinct());
        Assert.InRange(await Setup.Queue.CountAsync(Id(results[0])), 1, 50);
    }

    [Fact]
    public async Task A_scheduled_entry_is_pending_and_so_is_one_that_the_queue_does_not_take()
    {
        await using var outage = await Setup.KillQueueAsync();

        var results = await SubmitAsync(Good, $$"""{"url":"http://127.0.0.1:9/","deliverAt":"{{DateTimeOffset.UtcNow.AddHours(1):O}}"}""");

        Assert.All(results, result => Assert.Equal("PENDING", result.GetProperty("status").GetString()));
        Assert.NotNull((await Setup.RecordAsync(Id(results[0]))).LastSendError);
        Assert.Null((await Setup.RecordAsync(Id(results[1]))).LastSendError);
    }

    [Fact]
    public async Task Entries_that_the_table_did_not_take_say_so()
    {
        await using var outage = await Setup.KillTableAsync();

        var results = await SubmitAsync(Good, Good);

        Assert.All(results, result => AssertProblem(result, 503, "table-unavailable"));
    }

    private static string Id(JsonElement result) => result.GetProperty("id").GetString()!;

    private static void AssertProblem(JsonElement result, int status, string name, params string[] fields)
    {
        var problem = result.GetProperty("problem");

        Assert.False(result.TryGetProperty("id", out _));
        Assert.Equal((status, $"urn:waybill:problem:{name}"), (problem.GetProperty("status").GetInt32(), problem.GetProperty("type").GetString()));
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
        Assert.All(fields, field => Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _)));
    }

    private async Task<JsonElement[]> SubmitAsync(params string[] entries)
    {
        var reply = await intake.Alice.SubmitBatchAsync($$"""{"notifications":[{{string.Join(',', entries)}}]}""");

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return [.. reply.Json.GetProperty("results").EnumerateArray()];
    }
}
