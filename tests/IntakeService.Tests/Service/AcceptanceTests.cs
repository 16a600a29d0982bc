using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

[Collection(IntakeCollection.Name)]
public sealed partial class AcceptanceTests(IntakeFixture intake)
{
    private IntakeSetup Setup => intake.Setup;

    [Fact]
    public async Task An_accepted_notification_is_stored_and_queued_when_202_is_answered()
    {
        var reply = await intake.Alice.SubmitAsync("""{"url":"http://127.0.0.1:9/hook","payload":{"n":1},"correlationId":"order-1"}""");

        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        Assert.Equal("QUEUED", reply.Status);
        Assert.Equal("order-1", reply.Text("correlationId"));
        Assert.Matches(Milliseconds(), reply.Text("createdAt"));
        Assert.Equal($"{Setup.Status.PublicUrl}v1/notifications/{reply.Id}", reply.Text("statusUrl"));
        Assert.Equal(reply.Text("statusUrl"), reply.Headers["Location"]);
        Assert.False(reply.Json.TryGetProperty("deliverAt", out _));
        Assert.DoesNotContain("Idempotent-Replayed", reply.Headers);

        var record = await Setup.RecordAsync(reply.Id);
        Assert.Equal(NotificationStatus.Queued, record.Status);
        Assert.Equal("alice", record.Owner);
        Assert.NotNull(record.QueuedAt);
        Assert.NotNull(record.DueAt);
        Assert.Null(record.LastSendError);
        Assert.NotNull(record.Traceparent);
        Assert.Equal(1, await Setup.Queue.CountAsync(reply.Id));
    }

    [Fact]
    public async Task All_that_the_client_gave_reaches_the_worker()
    {
        var reply = await intake.Alice.SubmitAsync(
            """{"url":"https://bücher.example/a?b=c","method":"PUT","headers":{"X-Zeta":"1","X-Alpha":"two words"},"payload": { "n" : 1.50 },"contentType":"application/vnd.example+json","timeoutSeconds":7,"retrySchedule":[1,2]}""");

        var (claim, _) = await Setup.Status.Client.ClaimAsync(reply.Id, new ClaimRequest("test"), CancellationToken.None);

        Assert.Equal("PUT", claim!.Request.Method);
        Assert.Equal("https://xn--bcher-kva.example/a?b=c", claim.Request.Url);
        Assert.Equal(["X-Zeta", "X-Alpha"], claim.Request.Headers.Keys);
        Assert.Equal(["1", "two words"], claim.Request.Headers.Values);
        Assert.Equal("application/vnd.example+json", claim.Request.ContentType);
        Assert.Equal("""{"n":1.50}""", Encoding.UTF8.GetString(claim.Request.Body!));
        Assert.Equal(7, claim.Record.TimeoutSeconds);
        Assert.Equal([1, 2], claim.Record.RetrySchedule);
        Assert.Equal(3, claim.Record.MaxAttempts);
    }

    [Fact]
    public async Task A_scheduled_notification_is_stored_and_not_sent_before_its_time()
    {
        var deliverAt = DateTimeOffset.UtcNow.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var reply = await intake.Alice.SubmitAsync($$"""{"url":"http://127.0.0.1:9/","deliverAt":"{{deliverAt}}"}""");

        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        Assert.Equal("PENDING", reply.Status);
        Assert.Equal(deliverAt, reply.Text("deliverAt"));

        var record = await Setup.RecordAsync(reply.Id);
        Assert.Equal(NotificationStatus.Pending, record.Status);
        Assert.Equal(record.DeliverAt, record.DueAt);
        Assert.Equal(0, await Setup.Queue.CountAsync(reply.Id));
    }

    [Fact]
    public async Task A_time_that_has_passed_means_now()
    {
        var reply = await intake.Alice.SubmitAsync("""{"url":"http://127.0.0.1:9/","deliverAt":"2001-01-01T00:00:00Z"}""");

        Assert.Equal("QUEUED", reply.Status);
        Assert.False(reply.Json.TryGetProperty("deliverAt", out _));
        Assert.Equal(1, await Setup.Queue.CountAsync(reply.Id));
    }

    [Fact]
    public async Task Two_hundred_at_once_are_all_stored_and_queued_exactly_once()
    {
        // Not of the first requests that the processes ever see.
        await SubmitTogetherAsync(10);
        var replies = await SubmitTogetherAsync(200);

        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode));
        Assert.Equal(200, replies.Select(reply => reply.Id).Distinct().Count());
        Assert.All(replies, reply => Assert.Equal("QUEUED", reply.Status));

        var counts = await Setup.Queue.CountsAsync();
        Assert.All(replies, reply => Assert.Equal(1, counts.GetValueOrDefault(reply.Id)));

        var records = await Task.WhenAll(replies.Select(reply => Setup.RecordAsync(reply.Id)));
        Assert.All(records, record => Assert.Equal(NotificationStatus.Queued, record.Status));
    }

    [Fact]
    public async Task The_trace_of_the_request_is_in_the_record()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Setup.Intake.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/notifications") { Content = new StringContent("""{"url":"http://127.0.0.1:9/"}""", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", TestKeys.Alice);
        request.Headers.TryAddWithoutValidation("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        using var answer = await http.SendAsync(request);
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", NotificationView.Of(await Setup.RecordAsync(id)).TraceId);
    }

    private Task<IntakeReply[]> SubmitTogetherAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(number =>
        intake.Alice.SubmitAsync($$"""{"url":"http://127.0.0.1:9/{{number}}","payload":{{number}},"timeoutSeconds":30}""")));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex Milliseconds();
}
