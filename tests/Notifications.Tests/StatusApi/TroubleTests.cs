using System.Net;
using System.Text;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Notifications.Tests.StatusApi;

/// <summary>Rules out that what is wrong with one record passes for an outage, which would stop everything, and the reverse.</summary>
public sealed class TroubleTests
{
    private const string Id = "ntf_1";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(400, "{}", true)]
    [InlineData(413, "", true)]
    [InlineData(415, "", true)]
    [InlineData(422, "{}", true)]
    [InlineData(500, "", false)]
    [InlineData(501, "\"<html>\"", false)]
    [InlineData(200, "{}", true)]
    [InlineData(200, "null", true)]
    [InlineData(200, "\"<html>\"", true)]
    [InlineData(409, """{"id":"ntf_1"}""", true)]
    public async Task An_answer_about_one_record_is_that_records_trouble(int status, string body, bool forGood)
    {
        var client = Answering(status, body, inALine: true);

        foreach (var call in Calls(client))
        {
            var trouble = await Assert.ThrowsAsync<RecordTroubleException>(call);
            Assert.Equal((Id, forGood), (trouble.Id, trouble.ForGood));
        }
    }

    [Theory]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(407)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task An_answer_that_would_be_the_same_for_all_is_an_outage(int status)
    {
        var client = Answering(status, "");

        foreach (var call in Calls(client))
        {
            await Assert.ThrowsAsync<StatusUnavailableException>(call);
        }
    }

    [Fact]
    public async Task What_no_status_service_would_have_answered_to_a_call_is_an_outage()
    {
        foreach (var status in new[] { 200, 400, 404, 422, 500 })
        {
            await Assert.ThrowsAsync<StatusUnavailableException>(() => Answering(status, "<html>").CancelAsync(Id, None));
            await Assert.ThrowsAsync<StatusUnavailableException>(() => Answering(status, "").ClaimAsync(Id, new ClaimRequest("worker"), None));
        }

        Assert.Equal(Id, (await Assert.ThrowsAsync<RecordTroubleException>(() => Answering(501, "<html>").GetAsync(Id, None))).Id);
        Assert.Equal(Id, (await Assert.ThrowsAsync<RecordTroubleException>(() => Answering(200, "<html>").GetAsync(Id, None))).Id);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_an_answer_about_no_record_is_an_outage()
    {
        await Assert.ThrowsAsync<StatusUnavailableException>(() => Answering(500, "").DueAsync("0", 10, None));
        await Assert.ThrowsAsync<StatusUnavailableException>(() => Answering(200, "<html>").DueAsync("0", 10, None));
    }

    [Fact]
    public async Task A_job_has_its_own_trouble_too()
    {
        var jobs = new RedeliveryClient(Http(422, "{}"));

        Assert.Equal("rdj_1", (await Assert.ThrowsAsync<RecordTroubleException>(() => jobs.GetAsync("rdj_1", None))).Id);
        Assert.Equal("rdj_1", (await Assert.ThrowsAsync<RecordTroubleException>(() => jobs.LeaseAsync("rdj_1", new LeaseJobRequest(1), None))).Id);
    }

    [Fact]
    public async Task What_is_due_from_a_release_without_pages_is_one_page()
    {
        var due = await Answering(200, """{"items":[{"id":"ntf_1","dueAt":"2026-11-20T20:17:06.927Z"}]}""").DueAsync("0", 10, after: null, None);

        Assert.Equal(Id, Assert.Single(due.Items).Id);
        Assert.Null(due.Next);
    }

    private static Func<Task>[] Calls(StatusClient client) =>
    [
        () => client.GetAsync(Id, None),
        () => client.CancelAsync(Id, None),
        () => client.ClaimAsync(Id, new ClaimRequest("worker"), None),
        () => client.DispatchAsync(Id, new DispatchRequest(DateTimeOffset.UnixEpoch), None),
    ];

    /// <param name="inALine">To calls; as a whole otherwise, and always to a read.</param>
    private static StatusClient Answering(int status, string body, bool inALine = false) => new(Http(status, body, inALine));

    private static HttpClient Http(int status, string body, bool inALine = false) =>
        new(new Answers(status, body, inALine)) { BaseAddress = new Uri("http://status.test") };

    private sealed class Answers(int status, string body, bool inALine) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var line = $$"""{"call":0,"status":{{status}}{{(body.Length == 0 ? "" : $",\"body\":{body}")}}}""";

            return Task.FromResult(inALine && request.Method == HttpMethod.Post
                ? Answer(200, line, "application/x-ndjson")
                : Answer(status, body, "application/json"));
        }

        private static HttpResponseMessage Answer(int status, string content, string type) =>
            new((HttpStatusCode)status) { Content = new StringContent(content, Encoding.UTF8, type) };
    }
}
