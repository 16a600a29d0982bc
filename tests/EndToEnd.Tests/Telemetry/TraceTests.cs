using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Telemetry;

/// <summary>One trace from the client's request to the recorded result, over three services and a queue.</summary>
[Collection(WaybillCollection.Name)]
public sealed class TraceTests(WaybillFixture fixture)
{
    private const string NotificationId = "waybill.notification.id";
    private const string AttemptNumber = "waybill.attempt.number";
    private const string Status = "waybill.notification.status";
    private const string Category = "waybill.delivery.category";
    private const string Transition = "waybill.transition";

    private readonly ClientTrace _client = ClientTrace.New();

    [Fact]
    public async Task The_clients_trace_goes_on_in_the_record_the_result_and_the_history()
    {
        var id = await fixture.Waybill.AcceptedAsync(NotificationTo("/hook/traced?failTimes=1"), _client.Header);
        var record = await fixture.Waybill.DeliveredAsync(id);

        Assert.Equal(_client.TraceId, record.Text("traceId"));
        Assert.Equal(_client.TraceId, record.Text("deliveryResult.traceId"));
        Assert.Equal([_client.TraceId, _client.TraceId], record.At("history").EnumerateArray().Select(attempt => attempt.Text("traceId")));
    }

    [Fact]
    public async Task Without_a_trace_of_the_clients_the_notification_begins_one()
    {
        var id = await fixture.Waybill.AcceptedAsync(NotificationTo("/ok"));
        var record = await fixture.Waybill.DeliveredAsync(id);

        Assert.Matches("^[0-9a-f]{32}$", record.Text("traceId"));
        Assert.Equal(record.Text("traceId"), record.Text("deliveryResult.traceId"));
    }

    [Fact]
    public async Task Each_step_of_a_delivery_is_a_span_below_the_one_that_asked_for_it()
    {
        var id = await fixture.Waybill.AcceptedAsync(NotificationTo("/ok"), _client.Header);
        var record = await fixture.Waybill.DeliveredAsync(id);
        var trace = await CompleteTraceAsync("Accept", "Queue", "Claim", "Succeed");

        var submission = trace.Single("intake", span => span.Name == "POST /v1/notifications");
        Assert.Equal(_client.SpanId, submission.ParentId);

        var consumption = trace.Single("worker", span => span.Name == "notifications process");
        var attempt = trace.Single("worker", span => span.Scope == "Waybill");
        var send = trace.Single("intake", span => span.Name == "notifications send");

        Assert.Contains(submission, trace.Above(send));
        Assert.Contains(send, trace.Above(consumption));
        Assert.Contains(consumption, trace.Above(attempt));
        Assert.Contains(submission, trace.Above(trace.TransitionOf("Accept")));
        Assert.Contains(submission, trace.Above(trace.TransitionOf("Queue")));
        Assert.Contains(consumption, trace.Above(trace.TransitionOf("Claim")));
        Assert.Contains(consumption, trace.Above(trace.TransitionOf("Succeed")));

        Assert.Equal(record.Text("deliveryResult.spanId"), attempt.SpanId);
        Assert.All([submission, consumption, attempt], span => Assert.Equal(id, span.Tag(NotificationId)));
    }

    [Fact]
    public async Task Every_span_has_its_parent_in_the_trace()
    {
        await fixture.Waybill.AcceptedAsync(NotificationTo("/ok"), _client.Header);
        var trace = await CompleteTraceAsync("Accept", "Queue", "Claim", "Succeed");

        Assert.All(trace.Spans, span => Assert.True(
            span.ParentId == _client.SpanId || trace.Spans.Any(parent => parent.SpanId == span.ParentId),
            $"{span} hangs in the air"));
    }

    [Fact]
    public async Task Spans_tell_notification_attempt_status_and_category()
    {
        var id = await fixture.Waybill.AcceptedAsync(NotificationTo("/hook/tagged?failTimes=1"), _client.Header);
        await fixture.Waybill.DeliveredAsync(id);
        var trace = await CompleteTraceAsync("Accept", "Retry", "Redispatch", "Succeed");

        var attempts = trace.Spans.Where(span => span is { Service: "worker", Scope: "Waybill" }).OrderBy(span => span.Tag(AttemptNumber)).ToList();
        Assert.Equal(["1", "2"], attempts.Select(span => span.Tag(AttemptNumber)));
        Assert.Equal(["SERVER_ERROR", "SUCCESS"], attempts.Select(span => span.Tag(Category)));
        Assert.Equal(["503", "200"], attempts.Select(span => span.Tag("http.response.status_code")));
        Assert.All(attempts, span => Assert.Equal(id, span.Tag(NotificationId)));

        AssertStatus("PENDING", "Accept");
        AssertStatus("FAILED", "Retry");
        AssertStatus("QUEUED", "Redispatch");
        AssertStatus("SUCCESS", "Succeed");

        void AssertStatus(string status, string transition)
        {
            var span = trace.TransitionOf(transition);
            Assert.Equal(status, span.Tag(Status));
            Assert.Equal(id, span.Tag(NotificationId));
            Assert.Contains(transition, span.Events);
        }
    }

    [Fact]
    public async Task Log_lines_carry_the_trace()
    {
        var id = await fixture.Waybill.AcceptedAsync(NotificationTo("/ok"), _client.Header);

        var lines = await Eventually.BecomesAsync(
            () => Task.FromResult(fixture.Telemetry.Logs.Where(line => line.TraceId == _client.TraceId).ToList()),
            lines => lines.Any(line => line.Text.StartsWith("Succeed of", StringComparison.Ordinal)) && lines.Select(line => line.Service).Distinct().Count() == 3,
            Deadlines.State);

        Assert.All(lines, line => Assert.Matches("^[0-9a-f]{16}$", line.SpanId));
        Assert.Contains(lines, line => line.Service == "intake" && line.Text.StartsWith($"Accepted {id}", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Service == "worker" && line.Text.StartsWith($"{id} attempt 1: SUCCESS 200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Transitions_attempts_and_durations_are_measured()
    {
        await fixture.Waybill.AcceptedAsync(NotificationTo("/ok"));

        await Measured("status", "waybill.transitions", Transition, "Succeed");
        await Measured("status", "waybill.notification.duration", Status, "SUCCESS");
        await Measured("worker", "waybill.attempts", Category, "SUCCESS");
        await Measured("worker", "waybill.attempts", "waybill.host.class", "new");
        await Measured("status", "waybill.notifications", Status, "SUCCESS");
        await Measured("status", "waybill.notification.status.duration", Status, "PROCESSING");
        await Measured("worker", "waybill.attempt.duration", Category, "SUCCESS");
    }

    private string NotificationTo(string path) => $$"""{ "url": "{{fixture.Receiver.Url(path)}}", "correlationId": "order-5", "retrySchedule": [1] }""";

    private Task<Trace> CompleteTraceAsync(params string[] transitions) => Eventually.BecomesAsync(
        () => Task.FromResult(Trace.Of(_client.TraceId, fixture.Telemetry.Spans)),
        trace => trace.IsComplete(_client.SpanId, transitions),
        Deadlines.State);

    private Task Measured(string service, string metric, string tag, string value) => Eventually.BecomesAsync(
        () => Task.FromResult(fixture.Telemetry.Measurements.Any(measurement =>
            measurement.Service == service && measurement.Name == metric && measurement.Tags.GetValueOrDefault(tag) == value)),
        found => found,
        Deadlines.State);
}
