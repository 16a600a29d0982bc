using System.Collections.Concurrent;
using System.Diagnostics;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.Notifications.Telemetry;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.InternalApi.Batching;

[Collection(StatusCollection.Name)]
public sealed class BatchTraceTests(StatusFixture fixture)
{
    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);

    [Fact]
    public async Task Each_call_is_in_the_trace_of_the_one_who_asked()
    {
        using var service = new InProcess(fixture.Backends);
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(spans);
        using var request = new Activity("POST /internal/batch").Start();
        var callers = Enumerable.Range(0, 3).Select(_ => new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded)).ToList();
        var ids = await Task.WhenAll(callers.Select(_ => _situation.Of(FromState.Pending)));

        var answers = await Task.WhenAll(callers.Zip(ids, (caller, id) => service.Batched.AnswerAsync(new BatchedCall(
            StatusClient.Queued,
            id,
            $"00-{caller.TraceId}-{caller.SpanId}-01",
            true,
            default))));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.All(callers, caller =>
        {
            var own = Assert.Single(spans, span => span.TraceId == caller.TraceId && span.Kind == ActivityKind.Server);
            Assert.Equal((caller.SpanId, StatusClient.Queued), (own.ParentSpanId, own.OperationName));
            Assert.Equal(200, own.GetTagItem("http.response.status_code"));

            var table = Assert.Single(spans, span => span.TraceId == caller.TraceId && span.Kind == ActivityKind.Client);
            Assert.Equal(own.SpanId, table.ParentSpanId);
        });
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WaybillTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };

        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
