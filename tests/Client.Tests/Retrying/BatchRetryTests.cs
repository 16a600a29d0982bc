using System.Net;
using System.Text.Json;

namespace Waybill.Client.Tests.Retrying;

/// <summary>Rules out that an entry of a batch is lost to what passes, that one which was stored is sent again, and that results are told of the wrong entry.</summary>
public sealed class BatchRetryTests : IDisposable
{
    private const string Busy = """{ "type": "urn:waybill:problem:table-unavailable", "title": "Not now.", "status": 503, "id": "ntf_x" }""";
    private const string Wrong = """{ "type": "urn:waybill:problem:validation", "title": "Wrong.", "status": 400, "errors": { "url": ["must be one."] } }""";

    private readonly Clients _waybill = new();

    private static IReadOnlyList<BatchDraft> Drafts => [.. new[] { "a", "b", "c", "d" }.Select(name => new BatchDraft { Url = $"http://{name}.test", IdempotencyKey = name == "b" ? "mine" : null })];

    public void Dispose() => _waybill.Dispose();

    [Fact]
    public async Task Only_what_cannot_be_taken_just_now_is_sent_again_with_its_keys()
    {
        _waybill.Service.Answer(HttpStatusCode.OK, $$"""{ "results": [{ "index": 0, "id": "ntf_a", "status": "QUEUED" }, { "index": 1, "problem": {{Busy}} }, { "index": 2, "problem": {{Wrong}} }, { "index": 3, "problem": {{Busy}} }] }""");
        _waybill.Service.Answer(HttpStatusCode.OK, $$"""{ "results": [{ "index": 0, "id": "ntf_b", "status": "QUEUED" }, { "index": 1, "problem": {{Busy}} }] }""");
        _waybill.Service.Answer(HttpStatusCode.OK, """{ "results": [{ "index": 0, "id": "ntf_d", "status": "QUEUED" }] }""");

        var results = await _waybill.Client.SubmitBatchAsync(Drafts);

        Assert.Equal([(0, "ntf_a"), (1, "ntf_b"), (2, null), (3, "ntf_d")], results.Select(result => (result.Index, result.Id)));
        Assert.Equal("validation", results[2].Problem!.Name);
        Assert.Equal(["503 table-unavailable for 2 entries", "503 table-unavailable for 1 entry"], _waybill.Notices.Select(notice => notice.Reason));

        var sent = _waybill.Service.Bodies.Select(body => Entries(body!)).ToList();
        Assert.Equal(["http://a.test", "http://b.test", "http://c.test", "http://d.test"], sent[0].Keys);
        Assert.Equal(["http://b.test", "http://d.test"], sent[1].Keys);
        Assert.Equal(["http://d.test"], sent[2].Keys);
        Assert.Equal(4, sent[0].Values.Distinct().Count());
        Assert.Equal("mine", sent[1]["http://b.test"]);
        Assert.Equal(sent[0]["http://d.test"], sent[2]["http://d.test"]);
    }

    [Fact]
    public async Task A_batch_that_is_refused_as_a_whole_is_sent_again_as_a_whole()
    {
        _waybill.Service.Answer(HttpStatusCode.BadGateway, "<p>Later", "text/html");
        _waybill.Service.Answer(HttpStatusCode.OK, """{ "results": [{ "index": 0, "id": "ntf_a", "status": "QUEUED" }] }""");

        Assert.Equal("ntf_a", Assert.Single(await _waybill.Client.SubmitBatchAsync([Drafts[0]])).Id);

        Assert.Equal(Entries(_waybill.Service.Bodies[0]!), Entries(_waybill.Service.Bodies[1]!));
    }

    [Fact]
    public async Task What_stays_refused_has_its_problem_and_the_rest_its_ids()
    {
        _waybill.Service.Answer(HttpStatusCode.OK, $$"""{ "results": [{ "index": 0, "id": "ntf_a", "status": "QUEUED" }, { "index": 1, "problem": {{Busy}} }] }""");

        foreach (var _ in Enumerable.Range(0, 4))
        {
            _waybill.Service.Answer(HttpStatusCode.OK, $$"""{ "results": [{ "index": 0, "problem": {{Busy}} }] }""");
        }

        var results = await _waybill.Client.SubmitBatchAsync([.. Drafts.Take(2)]);

        Assert.Equal(5, _waybill.Service.Asked.Count);
        Assert.Equal("ntf_a", results[0].Id);
        Assert.Equal(("table-unavailable", 1), (results[1].Problem!.Name, results[1].Index));
    }

    [Fact]
    public async Task What_was_stored_is_told_of_also_when_the_service_is_away_afterwards()
    {
        _waybill.Service.Answer(HttpStatusCode.OK, $$"""{ "results": [{ "index": 0, "id": "ntf_a", "status": "QUEUED" }, { "index": 1, "problem": {{Busy}} }] }""");

        foreach (var _ in Enumerable.Range(0, 4))
        {
            _waybill.Service.Break(HttpRequestError.ConnectionError);
        }

        var results = await _waybill.Client.SubmitBatchAsync([.. Drafts.Take(2)]);

        Assert.Equal(5, _waybill.Service.Asked.Count);
        Assert.Equal(["ntf_a", null], results.Select(result => result.Id));
    }

    [Fact]
    public async Task Events_are_sent_again_in_the_same_way()
    {
        _waybill.Service.Answer(HttpStatusCode.OK, $$"""{ "results": [{ "index": 0, "problem": {{Busy}} }, { "index": 1, "id": "evt_2", "matched": 0 }] }""");
        _waybill.Service.Answer(HttpStatusCode.OK, """{ "results": [{ "index": 0, "id": "evt_1", "matched": 2 }] }""");

        var results = await _waybill.Client.PublishBatchAsync([new EventBatchDraft { Type = "a", Tenant = "shop" }, new EventBatchDraft { Type = "b", Tenant = "shop" }]);

        Assert.Equal([(0, "evt_1", 2), (1, "evt_2", 0)], results.Select(result => (result.Index, result.Id, result.Matched)));
        var keys = _waybill.Service.Bodies.Select(body => JsonElement.Parse(body!).GetProperty("events")[0].GetProperty("idempotencyKey").GetString()).ToList();
        Assert.NotNull(keys[0]);
        Assert.Equal(keys[0], keys[1]);
    }

    [Fact]
    public async Task An_entry_that_was_not_sent_is_no_answer_of_Waybill()
    {
        _waybill.Service.Answer(HttpStatusCode.OK, """{ "results": [{ "index": 1, "id": "ntf_a", "status": "QUEUED" }] }""");

        await Assert.ThrowsAsync<HttpRequestException>(() => _waybill.Client.SubmitBatchAsync([Drafts[0]]));
    }

    /// <returns>Key by URL.</returns>
    private static Dictionary<string, string> Entries(string body) => JsonElement.Parse(body).GetProperty("notifications").EnumerateArray()
        .ToDictionary(entry => entry.GetProperty("url").GetString()!, entry => entry.GetProperty("idempotencyKey").GetString()!);
}
