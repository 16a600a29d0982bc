using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Waybill.Client;
using Waybill.EndToEnd.Tests.Application;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.TypedClient;

/// <summary>The typed client says what the services understand, and understands what they say.</summary>
[Collection(WaybillCollection.Name)]
public sealed class TypedClientTests : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly WaybillFixture _fixture;
    private readonly Client.WaybillClient _client;
    private readonly string _correlation = Guid.NewGuid().ToString();

    public TypedClientTests(WaybillFixture fixture)
    {
        _fixture = fixture;
        _client = Client(Application.WaybillClient.LocalKey);
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Every_field_of_a_draft_arrives()
    {
        var deliverAt = DateTimeOffset.UtcNow.AddDays(1);

        var submitted = await _client.SubmitAsync(new NotificationDraft
        {
            Url = _fixture.Receiver.Url("/ok"),
            Method = "PATCH",
            Headers = new Dictionary<string, string> { ["X-Order"] = "4711", ["Authorization"] = "Bearer receiver" },
            Payload = JsonElement.Parse("""{"order":4711}"""),
            ContentType = "application/vnd.order+json",
            CorrelationId = _correlation,
            TimeoutSeconds = 7,
            RetrySchedule = [1, 2, 3],
            DeliverAt = deliverAt,
        });

        var record = await _client.GetAsync(submitted.Id);
        var request = await _client.GetRequestAsync(submitted.Id);

        Assert.Equal(NotificationStatus.Pending, submitted.Status);
        Assert.Equal(_correlation, submitted.CorrelationId);
        Assert.Equal(deliverAt.ToUnixTimeMilliseconds(), record.DeliverAt!.Value.ToUnixTimeMilliseconds());
        Assert.Equal(4, record.MaxAttempts);
        Assert.Equal("PATCH", request.Method);
        Assert.Equal("4711", request.Headers["X-Order"]);
        Assert.Equal("***", request.Headers["Authorization"]);
        Assert.Equal("application/vnd.order+json", request.ContentType);
        Assert.Equal("""{"order":4711}""", request.Payload!.Value.GetRawText());
    }

    [Fact]
    public async Task A_scheduled_one_is_cancelled_and_can_then_be_redelivered()
    {
        var submitted = await _client.SubmitAsync(Draft("/ok") with { DeliverAt = DateTimeOffset.UtcNow.AddDays(1) });

        var cancelled = await _client.CancelAsync(submitted.Id);
        var refused = await Assert.ThrowsAsync<WaybillConflictException>(() => _client.CancelAsync(submitted.Id));
        await _client.RedeliverAsync(submitted.Id);
        await FinalAsync(submitted.Id);
        var attempts = await _client.GetAttemptsAsync(submitted.Id);

        Assert.Equal(DeliveryCategory.Cancelled, cancelled.DeliveryResult!.Category);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("conflict", refused.Problem.Name);
        Assert.Equal(DeliveryCategory.Success, attempts[^1].Category);
    }

    [Fact]
    public async Task A_batch_gives_each_entry_its_own_result()
    {
        var results = await _client.SubmitBatchAsync(
        [
            new BatchDraft { Url = _fixture.Receiver.Url("/ok"), IdempotencyKey = _correlation },
            new BatchDraft { Url = "ftp://example.com" },
            new BatchDraft { Url = _fixture.Receiver.Url("/ok"), IdempotencyKey = _correlation },
        ]);

        Assert.Equal([0, 1, 2], results.Select(result => result.Index));
        Assert.Equal(results[0].Id, results[2].Id);
        Assert.Equal("validation", results[1].Problem!.Name);
        Assert.Contains("url", results[1].Problem!.Errors!.Keys);
    }

    [Fact]
    public async Task A_list_goes_on_over_pages_until_its_end()
    {
        var sent = new List<string>();

        for (var number = 0; number < 5; number++)
        {
            sent.Add((await _client.SubmitAsync(Draft("/ok"))).Id);
        }

        var filter = new NotificationFilter { CorrelationId = _correlation, Limit = 2 };
        var listed = await Eventually.BecomesAsync(
            async () => await _client.ListAsync(filter).Select(one => one.Id).ToListAsync(),
            ids => ids.Count == sent.Count,
            Deadlines.State);

        Assert.Equal(sent.AsEnumerable().Reverse(), listed);
    }

    [Fact]
    public async Task An_export_has_what_the_list_has()
    {
        string[] sent = [(await _client.SubmitAsync(Draft("/ok"))).Id, (await _client.SubmitAsync(Draft("/status/404"))).Id];
        await Eventually.BecomesAsync(() => _client.GetAsync(sent[1]), record => record.IsFinal, Deadlines.State);
        await FinalAsync(sent[0]);
        var filter = new NotificationFilter { CorrelationId = _correlation, Final = true };

        var listed = await _client.ListAsync(filter).ToListAsync();
        var exported = await _client.ExportAsync(filter).ToListAsync();
        var refused = await Assert.ThrowsAnyAsync<WaybillProblemException>(async () =>
            await _client.ExportAsync(new NotificationFilter { From = DateTimeOffset.UtcNow, To = DateTimeOffset.UtcNow.AddDays(-1) }).ToListAsync());

        Assert.Equal(sent.Reverse(), listed.Select(one => one.Id));
        Assert.Equivalent(listed, exported.Select(one => one.Notification));
        Assert.Equal(["from"], refused.Problem.Errors!.Keys);
    }

    [Fact]
    public async Task A_problem_says_what_is_wrong_and_how_it_can_be_found()
    {
        var refused = await Assert.ThrowsAsync<WaybillValidationException>(() => _client.SubmitAsync(Draft("/ok") with { TimeoutSeconds = 31 }));
        var unauthorized = await Assert.ThrowsAsync<WaybillUnauthorizedException>(() => Client("wrong").GetAsync("ntf_x"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["timeoutSeconds"], refused.Problem.Errors!.Keys);
        Assert.Equal(32, refused.Problem.TraceId!.Length);
        Assert.Contains("timeoutSeconds", refused.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, unauthorized.StatusCode);
    }

    [Theory]
    [InlineData(200, "text/html", "<p>Welcome")]
    [InlineData(200, "application/json", "[")]
    [InlineData(502, "text/html", "<p>Bad Gateway")]
    [InlineData(404, "application/problem+json", """{ "title": "No route" }""")]
    public async Task What_is_no_answer_of_Waybill_is_no_problem_of_Waybill(int status, string contentType, string body)
    {
        await using var other = WebApplication.CreateSlimBuilder().Build();
        other.Urls.Add("http://127.0.0.1:0");
        other.Run(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            await context.Response.WriteAsync(body);
        });
        await other.StartAsync();

        var elsewhere = new Client.WaybillClient(_http, new WaybillClientOptions
        {
            IntakeUrl = _fixture.IntakeUrl,
            StatusUrl = new Uri(other.Urls.Single()),
            ApiKey = "any",
        });

        await Assert.ThrowsAsync<HttpRequestException>(() => elsewhere.GetAsync("ntf_x"));
    }

    private NotificationDraft Draft(string path) => new() { Url = _fixture.Receiver.Url(path), CorrelationId = _correlation };

    private Task<NotificationView> FinalAsync(string id) =>
        Eventually.BecomesAsync(() => _client.GetAsync(id), record => record.Status == NotificationStatus.Success, Deadlines.State);

    private Client.WaybillClient Client(string key) =>
        new(_http, new WaybillClientOptions { IntakeUrl = _fixture.IntakeUrl, StatusUrl = _fixture.StatusUrl, ApiKey = key });
}
