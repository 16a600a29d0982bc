using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Waybill.Notifications.Records;

namespace Waybill.Client.Tests;

/// <summary>Rules out that an event is sent otherwise than it was drafted, that an answer is misread, and that following one ends too early or never.</summary>
public sealed class EventTests : IDisposable
{
    public const string Published = """
        {
          "id": "evt_1", "type": "order.paid", "tenant": "shop", "matched": 1,
          "notifications": [{ "id": "ntf_1", "endpointId": "ep_1", "status": "QUEUED" }],
          "statusUrl": "http://status.test/v1/events/evt_1"
        }
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly Service _service = new();
    private readonly HttpClient _http;
    private readonly WaybillClient _client;

    public EventTests()
    {
        _http = new HttpClient(_service);
        _client = new WaybillClient(
            _http,
            new WaybillClientOptions { IntakeUrl = new Uri("http://intake.test"), StatusUrl = new Uri("http://status.test"), ApiKey = "key" },
            _time);
    }

    public void Dispose()
    {
        _http.Dispose();
        _service.Dispose();
    }

    [Fact]
    public async Task An_event_is_sent_without_what_its_draft_does_not_say()
    {
        _service.Answer(HttpStatusCode.Accepted, Published);

        var published = await _client.PublishAsync(new EventDraft { Type = "order.paid", Tenant = "shop", Payload = JsonElement.Parse("null") }, "key-1");

        Assert.Equal(["POST http://intake.test/v1/events"], _service.Asked);
        Assert.Equal("""{"type":"order.paid","tenant":"shop","payload":null}""", _service.Body);
        Assert.Equal("key-1", _service.Headers["Idempotency-Key"]);
        Assert.Equal(("evt_1", 1), (published.Id, published.Matched));
        Assert.Equal([new PublishedNotification("ntf_1", "ep_1", NotificationStatus.Queued)], published.Notifications);
    }

    [Fact]
    public async Task A_batch_has_each_entrys_own_key_and_gives_each_its_own_result()
    {
        _service.Answer(HttpStatusCode.OK, """
            { "results": [{ "index": 0, "id": "evt_1", "matched": 2 }, { "index": 1, "problem": { "type": "urn:waybill:problem:validation" } }] }
            """);

        var results = await _client.PublishBatchAsync(
        [
            new EventBatchDraft { Type = "a", Tenant = "shop", PayloadText = "x", IdempotencyKey = "k" },
            new EventBatchDraft { Type = "b", Tenant = "shop", PayloadBase64 = "YQ==", CorrelationId = "c", IdempotencyKey = "l" },
        ]);

        Assert.Equal(["POST http://intake.test/v1/events/batch"], _service.Asked);
        Assert.Equal(
            """{"events":[{"idempotencyKey":"k","type":"a","tenant":"shop","payloadText":"x"},{"idempotencyKey":"l","type":"b","tenant":"shop","payloadBase64":"YQ==","correlationId":"c"}]}""",
            _service.Body);
        Assert.Equal(2, results[0].Matched);
        Assert.Equal("validation", results[1].Problem!.Name);
    }

    [Fact]
    public async Task An_event_is_read_again_until_none_of_its_notifications_is_open()
    {
        _service.Answer(HttpStatusCode.OK, Details("true", "false"));
        _service.Answer(HttpStatusCode.OK, Details("true", "false"));
        _service.Answer(HttpStatusCode.OK, Details("true", "true"));

        var first = await _client.GetEventAsync("evt_1");
        await using var readings = _client.FollowAsync(first, Interval).GetAsyncEnumerator();

        Assert.False((await AfterAnIntervalAsync(readings)).IsFinal);
        Assert.True((await AfterAnIntervalAsync(readings)).IsFinal);
        Assert.False(await readings.MoveNextAsync());
        Assert.Equal(Enumerable.Repeat("GET http://status.test/v1/events/evt_1", 3), _service.Asked);
    }

    [Fact]
    public async Task A_notification_that_is_not_kept_any_more_is_waited_for_by_nobody()
    {
        _service.Answer(HttpStatusCode.OK, Details("true", null));

        var happened = await _client.GetEventAsync("evt_1");

        Assert.True(happened.IsFinal);
        Assert.Null(happened.Notifications[1].Status);
        Assert.Equal("https://example.com", happened.Notifications[0].Url);
    }

    [Fact]
    public async Task A_list_and_an_export_are_asked_for_what_an_event_has()
    {
        _service.Answer(HttpStatusCode.OK, """{ "items": [] }""");
        _service.Answer(HttpStatusCode.OK, "", "application/x-ndjson");
        var filter = new NotificationFilter { Tenant = "a~b", EndpointId = "ep_1", EventType = "order.paid" };

        await _client.ListPageAsync(filter);
        await _client.ExportAsync(filter).ToListAsync();

        const string Query = "tenant=a~b&endpoint=ep_1&eventType=order.paid";
        Assert.Equal([$"GET http://status.test/v1/notifications?{Query}", $"GET http://status.test/v1/notifications/export?{Query}&format=ndjson"], _service.Asked);
    }

    private async Task<EventDetails> AfterAnIntervalAsync(IAsyncEnumerator<EventDetails> readings)
    {
        var next = readings.MoveNextAsync();
        _time.Advance(Interval);

        Assert.True(await next);
        return readings.Current;
    }

    /// <summary>With what "final" says of its two notifications; null for one that is not kept any more.</summary>
    private static string Details(string? first, string? second) => $$"""
        {
          "id": "evt_1", "owner": "shop", "type": "order.paid", "tenant": "shop", "createdAt": "2026-11-20T20:17:06.927Z", "matched": 2, "payloadBytes": 4,
          "notifications": [{{Notification("ntf_1", first)}}, {{Notification("ntf_2", second)}}]
        }
        """;

    private static string Notification(string id, string? final) => final is null
        ? $$"""{ "id": "{{id}}", "endpointId": "ep_1" }"""
        : $$"""{ "id": "{{id}}", "endpointId": "ep_1", "status": "PROCESSING", "final": {{final}}, "url": "https://example.com", "attemptsMade": 1 }""";
}
