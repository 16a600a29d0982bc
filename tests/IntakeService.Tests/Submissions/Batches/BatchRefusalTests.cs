using System.Net;
using Waybill.IntakeService.Submissions;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Submissions.Batches;

/// <summary>What refuses a batch as a whole.</summary>
[Collection(IntakeCollection.Name)]
public sealed class BatchRefusalTests(IntakeFixture intake)
{
    private const string Good = """{"url":"http://127.0.0.1:9/hook"}""";

    [Theory]
    [InlineData("{}", "notifications")]
    [InlineData("""{"notifications":null}""", "notifications")]
    [InlineData("""{"notifications":[]}""", "notifications")]
    [InlineData("""{"notifications":{}}""", "notifications")]
    [InlineData("""{"notifications":[{"url":"http://127.0.0.1:9/"}],"atomic":true}""", "atomic")]
    [InlineData("[]", "$")]
    public async Task Anything_wrong_around_the_entries_refuses_the_batch(string json, string field)
    {
        var reply = await intake.Alice.SubmitBatchAsync(json);

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.NotEmpty(reply.Errors(field));
    }

    [Fact]
    public async Task More_than_a_hundred_are_refused() =>
        (await intake.Alice.SubmitBatchAsync(Batch(101))).AssertProblem(HttpStatusCode.BadRequest, "validation");

    [Fact]
    public async Task A_key_for_the_whole_batch_is_refused_because_it_would_not_make_repeating_safe()
    {
        var reply = await intake.Alice.SubmitBatchAsync(Batch(1), idempotencyKey: "key");

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.Contains("idempotencyKey", reply.Errors("Idempotency-Key").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"with space\"")]
    [InlineData("\"ümlaut\"")]
    [InlineData("7")]
    public async Task A_key_of_an_entry_that_is_none_is_refused(string key)
    {
        var reply = await intake.Alice.SubmitBatchAsync($$"""{"notifications":[{"url":"http://127.0.0.1:9/","idempotencyKey":{{key}}}]}""");

        var problem = reply.Json.GetProperty("results")[0].GetProperty("problem");
        Assert.True(problem.GetProperty("errors").TryGetProperty("idempotencyKey", out _));
    }

    [Fact]
    public async Task A_body_larger_than_one_notification_may_be_is_taken()
    {
        var entry = $$"""{"url":"http://127.0.0.1:9/","payloadText":"{{new string('x', 200 * 1024)}}"}""";

        var reply = await intake.Alice.SubmitBatchAsync($$"""{"notifications":[{{string.Join(',', Enumerable.Repeat(entry, 10))}}]}""");

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.All(reply.Json.GetProperty("results").EnumerateArray(), result => Assert.Equal("QUEUED", result.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        var reply = await intake.Alice.SubmitBatchAsync(new string(' ', (8 * 1024 * 1024) + 1));

        reply.AssertProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"notifications":[{]}""")]
    public async Task What_is_not_json_is_refused(string json) =>
        (await intake.Alice.SubmitBatchAsync(json)).AssertProblem(HttpStatusCode.BadRequest, "malformed-json");

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(TestKeys.Internal, HttpStatusCode.Forbidden, "forbidden")]
    public async Task Only_a_clients_key_may_submit(string? key, HttpStatusCode status, string problem) =>
        (await intake.Setup.ClientWith(key).SubmitBatchAsync(Batch(1))).AssertProblem(status, problem);

    [Fact]
    public async Task A_batch_beyond_those_that_may_be_in_flight_is_told_to_come_back()
    {
        await using var replica = await intake.Setup.StartReplicaAsync(("Submissions__MaxInFlight", "1"));
        var alice = new IntakeClient(replica.Url, TestKeys.Alice);
        var held = new TaskCompletionSource();

        using var hold = intake.Setup.Relay.Hold(StatusClient.Accept, held.Task);
        var first = alice.SubmitBatchAsync(Batch(1));
        await Eventually.BecomesAsync(() => Task.FromResult(intake.Setup.Relay.Held), count => count > 0);
        var second = await alice.SubmitBatchAsync(Batch(1));
        held.SetResult();

        second.AssertProblem(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

    [Fact]
    public async Task The_description_has_every_field_of_an_entry_and_every_answer()
    {
        var description = (await intake.Setup.ClientWith(null).GetAsync("/openapi/v1.json")).Json;
        var answers = description.GetProperty("paths").GetProperty("/v1/notifications/batch").GetProperty("post").GetProperty("responses");
        var entry = description.GetProperty("components").GetProperty("schemas").GetProperty("BatchEntryBody").GetProperty("properties");

        Assert.Equal(
            SubmissionParser.KnownFields.Append("idempotencyKey").Order(StringComparer.Ordinal),
            entry.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["200", "400", "401", "403", "413", "415", "429"], answers.EnumerateObject().Select(answer => answer.Name).Order(StringComparer.Ordinal));
    }

    private static string Batch(int count) => $$"""{"notifications":[{{string.Join(',', Enumerable.Repeat(Good, count))}}]}""";
}
