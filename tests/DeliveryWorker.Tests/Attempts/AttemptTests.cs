using System.Diagnostics;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Telemetry;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>The attempt against the sample receiver and against what is not there.</summary>
public sealed class AttemptTests(RunningReceiver receiver) : IClassFixture<RunningReceiver>
{
    private static readonly Lock ListGate = new();

    [Fact]
    public async Task The_request_arrives_as_it_was_stored()
    {
        using var attempt = new TestAttempt();
        var body = """{"a": "schön",  "b":[1]}"""u8.ToArray();
        var request = A.Request(receiver.Url("/hook/as-stored?q=%2F1"), "PATCH", body, ("X-Custom", "Value; a=1"), ("Content-Language", "de")) with
        {
            ContentType = "application/json; v=1",
        };

        var outcome = await attempt.Attempt.MakeAsync(A.Claim(request.Url) with { Request = request });

        var received = receiver.Received("/hook/as-stored").Single();
        Assert.Equal(200, outcome.Response?.StatusCode);
        Assert.Equal(("PATCH", "?q=%2F1"), (received.Method, received.Query));
        Assert.Equal("""{"a": "schön",  "b":[1]}""", received.Body);
        Assert.Equal("application/json; v=1", received.Headers["Content-Type"]);
        Assert.Equal("Value; a=1", received.Headers["X-Custom"]);
        Assert.Equal("de", received.Headers["Content-Language"]);
    }

    [Fact]
    public async Task The_request_has_our_headers_and_no_others()
    {
        using var attempt = new TestAttempt();
        using var listener = ListenToAll();

        await attempt.PostAsync(receiver.Url("/hook/ours"));

        var received = receiver.Received("/hook/ours").Single();
        string[] expected = ["Content-Length", "Content-Type", "Host", "User-Agent", "webhook-id", "webhook-timestamp"];
        Assert.Equal(expected, received.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal("Waybill/1.0", received.Headers["User-Agent"]);
        Assert.Equal(A.Record().Id, received.Headers["webhook-id"]);
        Assert.InRange(long.Parse(received.Headers["webhook-timestamp"]), DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 10, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task The_trace_is_sent_only_where_that_is_turned_on()
    {
        using var attempt = new TestAttempt(sendTraceparent: true);
        using var listener = ListenToAll();

        var outcome = await attempt.PostAsync(receiver.Url("/hook/trace"));

        var traceparent = receiver.Received("/hook/trace").Single().Headers["traceparent"];
        Assert.Equal($"00-{outcome.TraceId}-{outcome.SpanId}-01", traceparent);
    }

    [Fact]
    public async Task The_span_says_what_happened()
    {
        var spans = new List<Activity>();
        using var attempt = new TestAttempt();
        using var listener = ListenToAll(spans);

        var url = receiver.Url("/status/503");
        var outcome = await attempt.PostAsync(url);

        var span = spans.Single(span => span.SpanId.ToHexString() == outcome.SpanId);
        Assert.Equal(("deliver", ActivityKind.Client, ActivityStatusCode.Error), (span.OperationName, span.Kind, span.Status));
        Assert.Equal(A.Record().Id, span.GetTagItem(WaybillTelemetry.NotificationId));
        Assert.Equal(1, span.GetTagItem(WaybillTelemetry.AttemptNumber));
        Assert.Equal("SERVER_ERROR", span.GetTagItem(WaybillTelemetry.Category));
        Assert.Equal("http_503", span.GetTagItem("error.type"));
        Assert.Equal(503, span.GetTagItem("http.response.status_code"));
        Assert.Equal(new Uri(url).Host, span.GetTagItem("server.address"));
        Assert.Equal("POST", span.GetTagItem("http.request.method"));
    }

    [Fact]
    public async Task The_span_has_the_timings_of_the_record()
    {
        var spans = new List<Activity>();
        using var attempt = new TestAttempt();
        using var listener = ListenToAll(spans);

        var outcome = await attempt.PostAsync(new UriBuilder(receiver.Url("/delay/20")) { Host = "receiver.example" }.ToString());

        var timings = outcome.Timings!;
        var span = spans.Single(span => span.SpanId.ToHexString() == outcome.SpanId);
        string[] phases = ["dns", "connect", "tls", "ttfb", "body"];
        double?[] expected = [timings.Dns, timings.Connect, timings.Tls, timings.Ttfb, timings.Body];
        Assert.Equal(expected, phases.Select(phase => (double?)span.GetTagItem($"waybill.timing.{phase}")));
        Assert.NotNull(timings.Ttfb);
        Assert.Equal(false, span.GetTagItem("waybill.connection.reused"));
    }

    [Fact]
    public async Task A_first_call_has_all_timings_and_the_second_says_that_it_used_the_connection_again()
    {
        using var attempt = new TestAttempt();
        var url = new UriBuilder(receiver.Url("/delay/100")) { Host = "receiver.example" }.ToString();

        var first = (await attempt.PostAsync(url)).Timings!;
        var second = (await attempt.PostAsync(url)).Timings!;

        Assert.False(first.Reused);
        Assert.NotNull(first.Dns);
        Assert.NotNull(first.Connect);
        Assert.Null(first.Tls);
        Assert.InRange(first.Ttfb!.Value, 95, 5000);
        Assert.NotNull(first.Body);

        Assert.True(second.Reused);
        Assert.Equal((null, null, null), (second.Dns, second.Connect, second.Tls));
        Assert.InRange(second.Ttfb!.Value, 95, 5000);
    }

    [Fact]
    public async Task The_wish_of_a_receiver_is_read()
    {
        using var attempt = new TestAttempt();

        var outcome = await attempt.PostAsync(receiver.Url("/retry-after/120"));

        Assert.Equal((503, TimeSpan.FromSeconds(120)), (outcome.Response?.StatusCode, outcome.Response?.RetryAfter));
    }

    [Fact]
    public async Task A_header_outside_ASCII_is_sent_as_UTF_8()
    {
        var received = "";
        await using var server = new RawServer(async connection =>
        {
            received = await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        using var attempt = new TestAttempt();

        await attempt.Attempt.MakeAsync(A.Claim(server.Url) with { Request = A.Request(server.Url, headers: ("X-Name", "schön")) });

        Assert.Contains("X-Name: schÃ¶n\r\n", received, StringComparison.Ordinal);
    }

    private static ActivityListener ListenToAll(List<Activity>? stopped = null)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is WaybillTelemetry.Name or "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (ListGate)
                {
                    stopped?.Add(activity);
                }
            },
        };

        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
