using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Tests.InternalApi.Batching;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Trouble;

/// <summary>
/// Releases mix: a call of the next one, with members that nobody here knows, and a call of the one before, without those that are new, do
/// what they should; a call that lacks what it needs is refused with its name.
/// </summary>
[Collection(StatusCollection.Name)]
public sealed class ContractTests(StatusFixture fixture) : IDisposable
{
    private static readonly NotificationsJson Json = NotificationsJson.Default;

    private static readonly Dictionary<string, (FromState From, string Body, string[] Optional)> Calls = new()
    {
        [StatusClient.Claim] = (FromState.Queued, Text(new ClaimRequest("worker", "token"), Json.ClaimRequest), ["token"]),
        [StatusClient.RollBack] = (FromState.Queued, Text(new RollBackRequest(7, "queue full", 5), Json.RollBackRequest), []),
        [StatusClient.Dispatch] = (FromState.RetryDue, Text(new DispatchRequest(Situation.Due), Json.DispatchRequest), []),
        [StatusClient.Release] = (FromState.Processing, Text(new ReleaseRequest(Situation.LeaseToken, 5, WaitingReasons.HostBusy), Json.ReleaseRequest), ["reason"]),
        [StatusClient.Result] = (FromState.Processing, Text(new ResultRequest(Situation.LeaseToken, 0, Results.ServerError(), 5), Json.ResultRequest), ["retryInSeconds", "notify"]),
        [StatusClient.RedeliverByJob] = (FromState.FailedFinal, Text(new RedeliverByJobRequest("rdj_1", DateTimeOffset.UtcNow), Json.RedeliverByJobRequest), ["held"]),
        [StatusClient.Accept] = (FromState.Absent, Text(Submissions.New(), Json.AcceptRequest), ["correlationId", "traceparent", "notify"]),
    };

    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);
    private readonly HttpClient _http = fixture.Status.CreateInternalClient(TestKeys.Internal);

    public static TheoryData<string> Transitions => [.. Calls.Keys];

    public void Dispose() => _http.Dispose();

    [Theory]
    [MemberData(nameof(Transitions))]
    public async Task Members_that_this_release_does_not_know_are_passed_over(string transition) =>
        Assert.Equal(200, await AskAsync(transition, WithUnknownMembers));

    [Theory]
    [MemberData(nameof(Transitions))]
    public async Task Members_that_an_earlier_release_does_not_send_are_not_missed(string transition) =>
        Assert.Equal(200, await AskAsync(transition, body => Without(body, Calls[transition].Optional)));

    [Theory]
    [MemberData(nameof(Transitions))]
    public async Task A_required_member_that_is_missing_is_named(string transition)
    {
        var (from, text, optional) = Calls[transition];

        foreach (var member in JsonNode.Parse(text)!.AsObject().Select(pair => pair.Key).Except(optional))
        {
            var id = await _situation.Of(from);
            var body = Without(JsonNode.Parse(text)!.AsObject(), [member]).ToJsonString();

            var answer = (await Batch.Post(_http, Line(id, transition, body)))[0];

            Assert.Equal(400, Batch.Status(answer));
            Assert.Contains($"'{member}'", Batch.Body(answer)!.Value.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"id":"ntf_1"}""", "transition")]
    [InlineData("""{"transition":"queued"}""", "id")]
    [InlineData("""{"transition":"queued","id":null}""", "id")]
    public async Task A_call_without_its_name_or_its_id_is_refused_with_what_is_missing(string line, string member)
    {
        using var answer = await _http.PostAsync(Batch.Path, Batch.Content(line));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"'{member}'", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_about_jobs_and_the_queue_are_read_the_same_way()
    {
        var now = DateTimeOffset.UtcNow;
        var create = Text(new CreateJobRequest(RedeliveryJobId.New(now), new RedeliveryFilter(now.AddDays(-1), now), 50, "test"), Json.CreateJobRequest);
        using var created = await PostAsync(RedeliveryRoutes.All, Widened(create));
        var id = JsonDocument.Parse(await created.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        using var leased = await PostAsync(RedeliveryRoutes.Of(id, RedeliveryRoutes.Lease), Widened("""{"leaseSeconds":60}"""));
        var token = JsonDocument.Parse(await leased.Content.ReadAsStringAsync()).RootElement.GetProperty("leaseToken").GetString()!;
        var checkpoint = Text(new CheckpointRequest(token, 2, null, RedeliveryCounts.None, 60), Json.CheckpointRequest);
        using var report = await _http.PutAsync("/internal/queue", Content(Widened(Text(new QueueReport(1, 2, 3, now), Json.QueueReport))));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NoContent), (created.StatusCode, leased.StatusCode, report.StatusCode));

        await AssertNamedAsync(RedeliveryRoutes.All, create, "id", "filter", "ratePerSecond", "createdBy");
        await AssertNamedAsync(RedeliveryRoutes.Of(id, RedeliveryRoutes.Lease), """{"leaseSeconds":60}""", "leaseSeconds");
        await AssertNamedAsync(RedeliveryRoutes.Of(id, RedeliveryRoutes.Checkpoint), checkpoint, "leaseToken", "version", "counts", "leaseSeconds");

        // Without the counts of what is unreadable, which an earlier release does not have.
        var older = JsonNode.Parse(checkpoint)!.AsObject();
        older["counts"]!.AsObject().Remove("unreadable");
        using var noted = await PostAsync(RedeliveryRoutes.Of(id, RedeliveryRoutes.Checkpoint), Widened(older.ToJsonString()));
        Assert.Equal(HttpStatusCode.OK, noted.StatusCode);
    }

    [Theory]
    [InlineData("waiting")]
    [InlineData("inFlight")]
    [InlineData("deadLetters")]
    [InlineData("readAt")]
    public async Task A_report_about_the_queue_that_lacks_a_figure_is_refused_with_its_name(string member)
    {
        var body = Without(JsonNode.Parse(Text(new QueueReport(1, 2, 3, DateTimeOffset.UtcNow), Json.QueueReport))!.AsObject(), [member]);
        using var answer = await _http.PutAsync("/internal/queue", Content(body.ToJsonString()));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"'{member}'", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<int> AskAsync(string transition, Func<JsonObject, JsonObject> change)
    {
        var (from, text, _) = Calls[transition];
        var id = await _situation.Of(from);
        var answers = await Batch.Post(_http, Line(id, transition, change(Named(text, transition, id)).ToJsonString()));

        return Batch.Status(answers[0]);
    }

    /// <summary>Accept has its id in the body.</summary>
    private static JsonObject Named(string text, string transition, string id)
    {
        var body = JsonNode.Parse(text)!.AsObject();

        if (transition == StatusClient.Accept)
        {
            body["id"] = id;
        }

        return body;
    }

    private static JsonObject WithUnknownMembers(JsonObject body)
    {
        foreach (var inner in body.Select(pair => pair.Value).OfType<JsonObject>().ToArray())
        {
            WithUnknownMembers(inner);
        }

        // A request's headers are the client's, every one of them.
        if (!body.ContainsKey("X-Order"))
        {
            body["ofALaterRelease"] = new JsonObject { ["deep"] = new JsonArray(1, "two", null) };
        }

        return body;
    }

    private static JsonObject Without(JsonObject body, string[] members)
    {
        foreach (var member in members)
        {
            body.Remove(member);
        }

        return body;
    }

    private async Task AssertNamedAsync(string path, string text, params string[] members)
    {
        foreach (var member in members)
        {
            using var answer = await PostAsync(path, Without(JsonNode.Parse(text)!.AsObject(), [member]).ToJsonString());

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains($"'{member}'", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static string Widened(string text) => WithUnknownMembers(JsonNode.Parse(text)!.AsObject()).ToJsonString();

    private static string Line(string id, string transition, string body) =>
        $$"""{"transition":"{{transition}}","of":{"a":["later","release"]},"id":"{{id}}","body":{{body}}}""";

    private Task<HttpResponseMessage> PostAsync(string path, string body) => _http.PostAsync(path, Content(body));

    private static StringContent Content(string body) => new(body, Encoding.UTF8, "application/json");

    private static string Text<T>(T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => JsonSerializer.Serialize(body, type);
}
