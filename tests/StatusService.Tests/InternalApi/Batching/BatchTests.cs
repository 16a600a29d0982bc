using System.Net;
using System.Text.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.InternalApi.Batching;

[Collection(StatusCollection.Name)]
public sealed class BatchTests(StatusFixture fixture) : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);
    private readonly HttpClient _http = fixture.Status.CreateInternalClient(TestKeys.Internal);

    public void Dispose() => _http.Dispose();

    /// <summary>Each asked for once in a request of its own and once with the others, of two notifications that are alike.</summary>
    [Fact]
    public async Task Many_calls_in_a_request_do_what_single_ones_do()
    {
        var result = new ResultRequest(Situation.LeaseToken, 0, Results.Success(), null);
        var late = new ResultRequest("lease-of-another", 0, Results.Success(), null);
        (FromState From, string Transition, object? Body)[] calls =
        [
            (FromState.Pending, StatusClient.Queued, null),
            (FromState.Success, StatusClient.Queued, null),
            (FromState.Absent, StatusClient.Queued, null),
            (FromState.Queued, StatusClient.Claim, new ClaimRequest("worker", "token")),
            (FromState.Processing, StatusClient.Claim, new ClaimRequest("worker", "token")),
            (FromState.Absent, StatusClient.Claim, new ClaimRequest("worker", "token")),
            (FromState.Processing, StatusClient.Result, result),
            (FromState.Processing, StatusClient.Result, late),
            (FromState.Processing, StatusClient.Release, new ReleaseRequest(Situation.LeaseToken, 5)),
            (FromState.Pending, StatusClient.RollBack, new RollBackRequest(7, "queue full", 5)),
            (FromState.RetryDue, StatusClient.Dispatch, new DispatchRequest(Situation.Due)),
            (FromState.Success, StatusClient.Dispatch, new DispatchRequest(Situation.Due)),
            (FromState.Queued, StatusClient.Cancel, null),
            (FromState.FailedFinal, StatusClient.Redeliver, null),
            (FromState.FailedFinal, StatusClient.RedeliverByJob, new RedeliverByJobRequest("job_1", DateTimeOffset.UtcNow)),
        ];
        var single = await Task.WhenAll(calls.Select(call => _situation.Of(call.From)));
        var batched = await Task.WhenAll(calls.Select(call => _situation.Of(call.From)));

        var expected = new List<string>();

        foreach (var ((_, transition, body), id) in calls.Zip(single))
        {
            var answer = Assert.Single(await Batch.Post(_http, Batch.Call(id, transition, body)));
            expected.Add(Shape(Batch.Status(answer), Batch.Body(answer)));
        }

        var answers = await Batch.Post(_http, [.. calls.Zip(batched, (call, id) => Batch.Call(id, call.Transition, call.Body))]);

        Assert.Equal(expected, answers.Select(answer => Shape(Batch.Status(answer), Batch.Body(answer))));

        foreach (var (one, other) in single.Zip(batched))
        {
            Assert.Equal(Lasting(await _situation.Read(one)), Lasting(await _situation.Read(other)));
        }
    }

    [Fact]
    public async Task A_batch_accepts_several_and_each_as_if_it_had_come_alone()
    {
        var (first, second) = (Submissions.New(), Submissions.New());

        var answers = await Batch.Post(_http, Accept(first), Accept(second), Accept(first with { Fingerprint = "another" }));
        var (one, two) = (await fixture.Status.Client.GetAsync(first.Id, None), await fixture.Status.Client.GetAsync(second.Id, None));

        Assert.Equal(NotificationStatus.Pending, one!.Status);
        Assert.Equal(second.Id, two!.Id);
        Assert.Equal(second.Id, Batch.Body(answers[1])!.Value.GetProperty("id").GetString());
        Assert.Equal(200, Batch.Status(answers[1]));

        // Which of the two with one id was first is open, but one of them was.
        Assert.Contains(200, new[] { Batch.Status(answers[0]), Batch.Status(answers[2]) });
    }

    [Fact]
    public async Task A_minimal_call_has_no_body_where_it_applied_and_has_one_where_not()
    {
        var (pending, success) = (await _situation.Of(FromState.Pending), await _situation.Of(FromState.Success));

        var answers = await Batch.Post(
            _http,
            Batch.Call(pending, StatusClient.Queued, minimal: true),
            Batch.Call(success, StatusClient.Queued, minimal: true),
            Batch.Call(await _situation.Of(FromState.Absent), StatusClient.Queued, minimal: true));

        Assert.Equal([200, 409, 404], answers.Select(Batch.Status));
        Assert.Null(Batch.Body(answers[0]));
        Assert.Equal("SUCCESS", Batch.Body(answers[1])!.Value.GetProperty("status").GetString());
        Assert.Equal(NotificationStatus.Queued, (await fixture.Status.Client.GetAsync(pending, None))!.Status);
    }

    [Fact]
    public async Task What_is_wrong_with_one_call_is_its_own_affair()
    {
        var processing = await _situation.Of(FromState.Processing);
        var queued = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _situation.Of(FromState.Queued)));
        var contradiction = new ResultRequest(Situation.LeaseToken, 0, Results.ClientError(), 5);

        var answers = await Batch.Post(
            _http,
            Batch.Call(queued[0], StatusClient.Claim, new { worker = 5 }),
            Batch.Call(queued[0], StatusClient.Claim, new { }),
            Batch.Call(queued[0], StatusClient.Claim),
            $$"""{"transition":"claim","id":"{{queued[0]}}","body":null}""",
            Batch.Call(queued[0], "no-such-transition"),
            Batch.Call($"{queued[0]}/more", StatusClient.Queued),
            $$"""{"transition":"CLAIM","id":"{{queued[0]}}"}""",
            $$"""{"transition":"","id":"{{queued[0]}}"}""",
            Batch.Call(processing, StatusClient.Result, contradiction),
            Batch.Call(queued[1], StatusClient.Claim, new ClaimRequest("worker")),
            Batch.Call(queued[2], StatusClient.Cancel));

        Assert.Equal([400, 400, 400, 400, 404, 404, 404, 404, 400, 200, 200], answers.Select(Batch.Status));
        Assert.All(answers.Take(4), answer => Assert.Equal("urn:waybill:problem:malformed-json", Type(answer)));
        Assert.All(answers.Skip(4).Take(4), answer => Assert.Equal("urn:waybill:problem:not-found", Type(answer)));
        Assert.Contains("retryInSeconds", Batch.Body(answers[8])!.Value.GetProperty("errors").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(7, (await fixture.Status.Client.GetAsync(processing, None))!.Version);
        Assert.Equal(7, (await fixture.Status.Client.GetAsync(queued[0], None))!.Version);
    }

    [Theory]
    [InlineData(StatusClient.Claim, "{}")]
    [InlineData(StatusClient.Claim, """{"worker":null}""")]
    [InlineData(StatusClient.Release, """{"dueInSeconds":1}""")]
    [InlineData(StatusClient.Result, """{"leaseToken":"token","epoch":0}""")]
    [InlineData(StatusClient.Result, """{"leaseToken":"token","epoch":0,"result":null}""")]
    [InlineData(StatusClient.RollBack, """{"version":7,"retryInSeconds":1}""")]
    [InlineData(StatusClient.Dispatch, "{}")]
    [InlineData(StatusClient.RedeliverByJob, """{"jobCreatedAt":"2026-01-01T00:00:00Z"}""")]
    public async Task What_a_transition_needs_and_is_not_given_is_refused_alone_and_with_others(string transition, string body)
    {
        var id = await _situation.Of(FromState.Processing);

        var line = $$"""{"transition":"{{transition}}","id":"{{id}}","body":{{body}}}""";

        var alone = await Batch.Post(_http, line);
        var shared = await Batch.Post(_http, line, Batch.Call("none", StatusClient.Queued));

        Assert.All([alone[0], shared[0]], answer => Assert.Equal((400, "urn:waybill:problem:malformed-json"), (Batch.Status(answer), Type(answer))));
        Assert.Equal(7, (await fixture.Status.Client.GetAsync(id, None))!.Version);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"body":{}}""")]
    [InlineData("""{"transition":"queued"}""")]
    [InlineData("""{"transition":5,"id":"ntf_1"}""")]
    [InlineData("""{"transition":"queued","id":"ntf_1"} {}""")]
    public async Task A_line_that_is_no_call_refuses_the_request_and_nothing_is_done(string line)
    {
        var id = await _situation.Of(FromState.Pending);

        using var answer = await _http.PostAsync(Batch.Path, Batch.Content(Batch.Call(id, StatusClient.Queued), line, Batch.Call(id, StatusClient.Cancel)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("malformed-json", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(7, (await fixture.Status.Client.GetAsync(id, None))!.Version);
    }

    [Fact]
    public async Task The_last_line_needs_no_end()
    {
        var id = await _situation.Of(FromState.Pending);

        using var answer = await _http.PostAsync(Batch.Path, Batch.Content(Batch.Call(id, StatusClient.Queued)));

        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(200, Batch.Status(Assert.Single(Batch.Read(await answer.Content.ReadAsStringAsync(), 1))));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong-key", HttpStatusCode.Unauthorized)]
    [InlineData(TestKeys.Operator, HttpStatusCode.Forbidden)]
    public async Task Without_the_internal_key_nothing_is_done(string? key, HttpStatusCode status)
    {
        var id = await _situation.Of(FromState.Pending);
        using var http = fixture.Status.CreateInternalClient(key);

        using var answer = await http.PostAsync(Batch.Path, Batch.Content([Batch.Call(id, StatusClient.Queued)]));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(7, (await fixture.Status.Client.GetAsync(id, None))!.Version);
    }

    [Fact]
    public async Task The_public_port_has_no_batch()
    {
        using var http = fixture.Status.CreatePublicClient(TestKeys.Internal);

        using var answer = await http.PostAsync(Batch.Path, Batch.Content([Batch.Call("ntf_1", StatusClient.Queued)]));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Race_of_64_claims_in_one_batch_has_one_winner()
    {
        var id = await _situation.Of(FromState.Queued);

        var answers = await Batch.Post(_http, [.. Enumerable.Range(0, 64).Select(number => Batch.Call(id, StatusClient.Claim, new ClaimRequest($"worker-{number}")))]);

        Assert.Equal(63, answers.Count(answer => Batch.Status(answer) == 409));
        Assert.Single(answers, answer => Batch.Status(answer) == 200);
        Assert.Equal(8, (await fixture.Status.Client.GetAsync(id, None))!.Version);
    }

    [Fact]
    public async Task The_client_that_lets_calls_share_requests_gets_what_single_calls_get()
    {
        var client = new StatusClient(_http, together: true);
        var ids = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => _situation.Of(FromState.Queued)));

        var claims = await Task.WhenAll(ids.Select(id => client.ClaimAsync(id, new ClaimRequest("worker"), None)));
        var results = await Task.WhenAll(claims.Select(claim =>
            client.ResultAsync(claim.Claim!.Record.Id, new ResultRequest(claim.Claim.Record.Lease!.Token, 0, Results.Success(), null), None)));
        var late = await Task.WhenAll(ids.Select(id => client.CancelAsync(id, None)));

        Assert.Equal(ids, claims.Select(claim => claim.Claim!.Record.Id));
        Assert.All(results, result => Assert.True(result.Applied));
        Assert.Equal(ids.Select(id => (false, id, NotificationStatus.Success)), late.Select(outcome => (outcome.Applied, outcome.Record!.Id, outcome.Record.Status)));
    }

    private static string Accept(AcceptRequest request) => Batch.Call(request.Id, StatusClient.Accept, request);

    /// <summary>The status and the members of the body.</summary>
    private static string Shape(int status, JsonElement? body) =>
        $"{status} {string.Join(' ', body!.Value.EnumerateObject().Select(member => member.Name))}";

    /// <summary>What is stored, with the values that do not differ by notification and by moment.</summary>
    private static IEnumerable<string> Lasting(Item? item)
    {
        string[] alike =
        [
            StoredNames.Status, StoredNames.PreviousStatus, StoredNames.Version, StoredNames.Epoch, StoredNames.Attempts, StoredNames.Claims,
            StoredNames.LeaseOwner, StoredNames.LeaseToken, StoredNames.LastSendError, Situation.FutureAttribute,
        ];

        return ItemText.Of(item).Select(attribute => alike.Contains(attribute.Key) ? $"{attribute.Key}: {attribute.Value}" : attribute.Key).Order();
    }

    private static string? Type(JsonElement answer) => Batch.Body(answer)!.Value.GetProperty("type").GetString();
}
