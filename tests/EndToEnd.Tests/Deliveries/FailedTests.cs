using Waybill.EndToEnd.Tests.Application;
using Waybill.LocalAws;

namespace Waybill.EndToEnd.Tests.Deliveries;

/// <summary>Receivers that do not answer 2xx: what is final at once, what is tried again, and what the record says.</summary>
[Collection(WaybillCollection.Name)]
public sealed class FailedTests(WaybillFixture fixture)
{
    private readonly WaybillClient _waybill = fixture.Waybill;
    private readonly ReceiverClient _receiver = fixture.Receiver;

    [Fact]
    public async Task A_receiver_that_answers_404_is_not_called_again()
    {
        var id = await _waybill.AcceptedAsync($$"""{ "url": "{{_receiver.Url("/status/404")}}", "correlationId": "order-4" }""");
        var record = await _waybill.FailedAsync(id);

        Assert.Equal(0, record.Number("attempts"));
        Assert.False(record.Has("deliveredAt"));

        var result = record.At("deliveryResult");
        Assert.False(result.At("success").GetBoolean());
        Assert.False(result.At("retryEligible").GetBoolean());
        Assert.Equal("CLIENT_ERROR", result.Text("category"));
        Assert.Equal(404, result.Number("statusCode"));
        Assert.Equal("Not Found", result.Text("statusText"));
        Assert.Equal("order-4", result.Text("correlationId"));
        Assert.Equal("http_404", result.Text("errorDetails.code"));
        Assert.Equal("CLIENT_ERROR", result.Text("errorDetails.category"));
        Assert.Equal("answered 404 as the URL asks", result.Text("errorDetails.response"));
        Assert.NotEmpty(result.Text("errorDetails.message"));

        Assert.Equal("http_404", Assert.Single(record.At("history").EnumerateArray()).Text("errorCode"));
        Assert.Single(await _receiver.CallsAsync(id));
    }

    [Fact]
    public async Task A_receiver_that_answers_503_is_called_again_when_the_retry_is_due()
    {
        var id = await _waybill.AcceptedAsync($$"""{ "url": "{{_receiver.Url("/hook/busy?failTimes=1")}}", "retrySchedule": [5] }""");

        var waiting = await _waybill.RecordAsync(id, record => record.Text("status") == "FAILED");
        Assert.Equal("SERVER_ERROR", waiting.Text("deliveryResult.category"));
        Assert.True(waiting.At("deliveryResult.retryEligible").GetBoolean());
        Assert.Equal(1, waiting.Number("attempts"));
        Assert.Equal(2, waiting.Number("maxAttempts"));

        // A fifth of jitter either way; times have whole milliseconds.
        var wait = waiting.Time("nextAttemptAt") - waiting.Time("deliveryResult.timestamp");
        Assert.InRange(wait.TotalSeconds, 3.9, 7);

        var record = await _waybill.DeliveredAsync(id);
        Assert.Equal(1, record.Number("attempts"));
        Assert.Equal(2, record.Number("deliveryResult.attempt"));
        Assert.False(record.Has("nextAttemptAt"));
        Assert.Equal([503, 200], record.At("history").EnumerateArray().Select(attempt => attempt.Number("statusCode")));

        var calls = await _receiver.CallsAsync(id);
        Assert.Equal([503, 200], calls.Select(call => call.Number("status")));
        Assert.True(calls[1].Time("receivedAt") >= waiting.Time("nextAttemptAt"), "the retry came too early");
    }

    [Fact]
    public async Task When_no_attempt_is_left_the_failure_is_final()
    {
        var id = await _waybill.AcceptedAsync($$"""{ "url": "{{_receiver.Url("/status/500")}}", "retrySchedule": [] }""");
        var record = await _waybill.FailedAsync(id);

        Assert.Equal(1, record.Number("attempts"));
        Assert.Equal(1, record.Number("maxAttempts"));
        Assert.Equal("http_500", record.Text("deliveryResult.errorDetails.code"));
        Assert.Single(await _receiver.CallsAsync(id));
    }

    [Fact]
    public async Task A_refused_connection_is_a_network_error_and_will_be_retried()
    {
        var id = await _waybill.AcceptedAsync($$"""{ "url": "http://127.0.0.1:{{LoopbackPort.Pick()}}/" }""");
        var record = await _waybill.RecordAsync(id, record => record.Text("status") == "FAILED");
        var result = record.At("deliveryResult");

        Assert.True(record.Has("nextAttemptAt"));
        Assert.Equal("NETWORK_ERROR", result.Text("category"));
        Assert.Equal("connection_refused", result.Text("errorDetails.code"));
        Assert.True(result.At("retryEligible").GetBoolean());
        Assert.False(result.Has("statusCode"));
        Assert.False(result.Has("httpResponseReceivedAt"));
        Assert.False(result.Has("errorDetails.response"));
    }

    [Fact]
    public async Task A_receiver_slower_than_the_timeout_is_a_timeout()
    {
        var id = await _waybill.AcceptedAsync($$"""{ "url": "{{_receiver.Url("/delay/20000")}}", "timeoutSeconds": 1, "retrySchedule": [] }""");
        var result = (await _waybill.FailedAsync(id)).At("deliveryResult");

        Assert.Equal("TIMEOUT", result.Text("category"));
        Assert.Equal("timeout_headers", result.Text("errorDetails.code"));

        // A timer may fire a moment before the clock that measures has come that far.
        Assert.InRange(result.At("responseTime").GetDouble(), 990, 15_000);
    }
}
