using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.Client.Tests;

/// <summary>Rules out that an export is held before it is handed on, or that a part of it is taken for all.</summary>
public sealed class ExportTests : IDisposable
{
    private const string Ndjson = "application/x-ndjson";

    /// <summary>It lacks all but one field.</summary>
    private const string NoNotification = "{\"id\":\"x\"}";

    private static readonly string Line = JsonNode.Parse(NotificationExample.View)!.ToJsonString() + "\n";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Eventually.Deadline };

    public static TheoryData<string> Parts =>
    [
        $"HTTP/1.1 200 OK\r\nContent-Type: {Ndjson}\r\nTransfer-Encoding: chunked\r\n\r\n{Line.Length:x}\r\n{Line}\r\n",
        $"HTTP/1.1 200 OK\r\nContent-Type: {Ndjson}\r\nTransfer-Encoding: chunked\r\n\r\n{Line.Length + 5:x}\r\n{Line}",
        $"HTTP/1.1 200 OK\r\nContent-Type: {Ndjson}\r\nTransfer-Encoding: chunked\r\n\r\n{Line.Length:x}\r\n{Line}\r\nno number",
        $"HTTP/1.1 200 OK\r\nContent-Type: {Ndjson}\r\nContent-Length: {Line.Length + 1}\r\n\r\n{Line}",
        $"HTTP/1.1 200 OK\r\nContent-Type: {Ndjson}\r\nContent-Length: {Line.Length + 4}\r\n\r\n{Line}{{\"id",
        $"HTTP/1.1 200 OK\r\nContent-Type: {Ndjson}\r\nContent-Length: {Line.Length + NoNotification.Length}\r\n\r\n{Line}{NoNotification}",
        $"HTTP/1.1 200 OK\r\nContent-Type: {Ndjson}\r\nContent-Length: {Line.Length + 4}\r\n\r\n{Line}null",
        $"HTTP/1.1 200 OK\r\nContent-Type: {Ndjson}\r\nContent-Length: {Line.Length + 17}\r\n\r\n{Line}{{\"unreadable\":{{}}}}",
    ];

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Every_filter_is_asked_for()
    {
        await using var server = await AnsweringServer.StartAsync(Ndjson, "");

        var exported = await Client(server.Url).ExportAsync(Everything).ToListAsync();

        Assert.Empty(exported);
        Assert.Equal([$"/v1/notifications/export?{AllFilters}&format=ndjson"], server.Asked);
    }

    [Fact]
    public async Task A_list_asks_for_every_filter_and_says_what_was_read_for_it()
    {
        await using var server = await AnsweringServer.StartAsync("application/json", """{ "items": [], "cursor": "further", "examined": 1000 }""");

        var page = await Client(server.Url).ListPageAsync(Everything with { Final = false }, "before");

        Assert.Equal((1000, "further"), (page.Examined, page.Cursor));
        Assert.Equal([$"/v1/notifications?{AllFilters.Replace("final=true", "final=false", StringComparison.Ordinal)}&limit=7&cursor=before"], server.Asked);
    }

    [Fact]
    public async Task A_notification_is_handed_on_before_the_next_is_there()
    {
        var isRead = new TaskCompletionSource();

        await using var server = await AnsweringServer.StartAsync(async context =>
        {
            context.Response.ContentType = Ndjson;
            await context.Response.WriteAsync(Line);
            await isRead.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(Line);
        });

        await using var notifications = Client(server.Url).ExportAsync(new NotificationFilter()).GetAsyncEnumerator();

        Assert.True(await Eventually.ComesAsync(notifications.MoveNextAsync().AsTask()));
        Assert.Equal(NotificationExample.Id, notifications.Current.Notification!.Id);
        Assert.Equal(DeliveryCategory.Success, notifications.Current.Notification.DeliveryResult!.Category);

        isRead.SetResult();
        Assert.True(await notifications.MoveNextAsync());
        Assert.False(await notifications.MoveNextAsync());
    }

    [Fact]
    public async Task One_that_cannot_be_read_is_told_of_in_its_place()
    {
        var unreadable = """{"id":"ntf_1","unreadable":{"reason":"No status."}}""" + "\n";
        await using var server = await AnsweringServer.StartAsync(Ndjson, Line + unreadable + Line);

        var exported = await Client(server.Url).ExportAsync(new NotificationFilter()).ToListAsync();

        Assert.Equal([true, false, true], exported.Select(one => one.Notification is not null));
        Assert.Equal(new UnreadableNotification("ntf_1", "No status."), exported[1].Unreadable);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_part_is_not_taken_for_all(string answer)
    {
        using var server = new OneAnswer(answer);
        await using var notifications = Client(server.Url).ExportAsync(new NotificationFilter()).GetAsyncEnumerator();

        // What comes before the break may be handed on.
        var broken = await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            for (var count = 0; await notifications.MoveNextAsync(); count++)
            {
                Assert.Equal(0, count);
            }
        });

        Assert.StartsWith("The export broke off before its end: ", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_say_where_it_ends_is_not_read()
    {
        using var server = new OneAnswer($"HTTP/1.0 200 OK\r\nContent-Type: {Ndjson}\r\n\r\n{Line}");

        var refused = await Assert.ThrowsAsync<HttpRequestException>(async () => await Client(server.Url).ExportAsync(new NotificationFilter()).ToListAsync());

        Assert.Contains("HTTP/1.0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_proxy_that_says_how_long_it_is_does_no_harm()
    {
        using var server = new OneAnswer($"HTTP/1.0 200 OK\r\nContent-Type: {Ndjson}\r\nContent-Length: {Line.Length}\r\n\r\n{Line}");

        Assert.Single(await Client(server.Url).ExportAsync(new NotificationFilter()).ToListAsync());
    }

    [Fact]
    public async Task Who_cancels_is_not_kept_waiting_for_what_comes_next()
    {
        await using var server = await AnsweringServer.StartAsync(OneAndThenNothingAsync);
        using var stop = new CancellationTokenSource();
        await using var notifications = Client(server.Url).ExportAsync(new NotificationFilter()).GetAsyncEnumerator(stop.Token);

        Assert.True(await notifications.MoveNextAsync());
        var next = notifications.MoveNextAsync().AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.ComesAsync(next));
    }

    [Fact]
    public async Task Who_reads_no_further_ends_the_request()
    {
        var hasEnded = new TaskCompletionSource();

        await using var server = await AnsweringServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(hasEnded.SetResult);
            await OneAndThenNothingAsync(context);
        });

        await foreach (var _ in Client(server.Url).ExportAsync(new NotificationFilter()))
        {
            break;
        }

        await Eventually.ComesAsync(hasEnded.Task);
    }

    [Fact]
    public async Task A_refusal_is_a_problem()
    {
        var problem = """{ "type": "urn:waybill:problem:validation", "title": "The request is not valid.", "errors": { "from": ["must be before 'to'."] } }""";
        await using var server = await AnsweringServer.StartAsync("application/problem+json", problem, StatusCodes.Status400BadRequest);

        var refused = await Assert.ThrowsAsync<WaybillValidationException>(async () => await Client(server.Url).ExportAsync(new NotificationFilter()).ToListAsync());

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["from"], refused.Problem.Errors!.Keys);
    }

    [Fact]
    public async Task What_comes_in_another_form_is_no_answer_of_Waybill()
    {
        await using var server = await AnsweringServer.StartAsync("text/html", "<p>Welcome");

        await Assert.ThrowsAsync<HttpRequestException>(() => Client(server.Url).OpenExportAsync(new NotificationFilter(), ExportFormat.Csv));
    }

    [Theory]
    [InlineData("1000000", 1_000_000)]
    [InlineData("many", null)]
    [InlineData(null, null)]
    public async Task How_many_were_accepted_is_known_where_the_service_says_so(string? header, int? expected)
    {
        await using var server = await AnsweringServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/csv; charset=utf-8";
            context.Response.Headers["Waybill-Accepted-Estimate"] = header;
            return context.Response.WriteAsync("id\r\n");
        });

        using var export = await Client(server.Url).OpenExportAsync(new NotificationFilter(), ExportFormat.Csv);

        Assert.Equal(expected, export.AcceptedEstimate);
        Assert.Equal(["/v1/notifications/export?format=csv"], server.Asked);
    }

    private const string AllFilters =
        "from=2026-11-01T00%3A00%3A00.000Z&to=2026-11-02T00%3A00%3A00.000Z&status=FAILED&final=true&category=SERVER_ERROR&host=a.example%3A8443&correlationId=order%204711%26&owner=shop";

    private static NotificationFilter Everything => new()
    {
        From = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
        To = new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero),
        Status = NotificationStatus.Failed,
        Final = true,
        Category = DeliveryCategory.ServerError,
        Host = "a.example:8443",
        CorrelationId = "order 4711&",
        Owner = "shop",
        Limit = 7,
    };

    private static async Task OneAndThenNothingAsync(HttpContext context)
    {
        context.Response.ContentType = Ndjson;
        await context.Response.WriteAsync(Line);
        await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
    }

    private WaybillClient Client(Uri url) => new(_http, new WaybillClientOptions { IntakeUrl = url, StatusUrl = url, ApiKey = "key" });
}
