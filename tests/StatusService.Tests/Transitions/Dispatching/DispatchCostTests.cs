using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Telemetry;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Tests.InternalApi.Batching;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.Transitions.Dispatching;

/// <summary>
/// Rules out that what is due is read again before it is written, which would be a read unit more for each retry; and that the write is missing in
/// the trace of the client's request, as the Dispatcher asks in none.
/// </summary>
[Collection(StatusCollection.Name)]
public sealed class DispatchCostTests(StatusFixture fixture)
{
    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);

    [Theory]
    [InlineData(FromState.RetryDue, 0, "Redispatch")]
    [InlineData(FromState.LeaseExpired, 1_000, "Abandon")]
    [InlineData(FromState.Success, 0, null)]
    public async Task A_dispatch_reads_its_record_once_and_writes_it_at_most_once(FromState from, int claims, string? transition)
    {
        using var service = new InProcess(fixture.Backends);
        await NotePartitionsAsync(service);
        var (caller, origin) = (NewContext(), NewContext());
        var id = await _situation.Of(from, item =>
        {
            item[StoredNames.Claims] = StoredValue.Of(claims);
            item[StoredNames.Traceparent] = StoredValue.Of(Text(origin));
        });
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(spans);
        var due = Encoding.UTF8.GetBytes($$"""{"dueAt":"{{Situation.Due:O}}"}""");

        var answer = await service.Batched.AnswerAsync(new BatchedCall(StatusClient.Dispatch, id, Text(caller), Minimal: false, due));

        Assert.Equal(transition is null ? 409 : 200, answer.Status);

        // Whether the owner is told of failures is read once in five seconds, and not with each.
        Assert.Equal(transition == "Abandon" ? ["DynamoDB GetItem", "DynamoDB Query"] : ["DynamoDB GetItem"], CallsIn(caller));
        Assert.Equal(transition is null ? [] : ["DynamoDB UpdateItem"], CallsIn(origin));
        Assert.Equal(
            transition is null ? [] : [(origin.SpanId, transition)],
            spans.Where(span => span.TraceId == origin.TraceId && span.Kind == ActivityKind.Server)
                .Select(span => (span.ParentSpanId, (string)span.GetTagItem(WaybillTelemetry.Transition)!)));

        IEnumerable<string> CallsIn(ActivityContext trace) =>
            spans.Where(span => span.TraceId == trace.TraceId && span.Kind == ActivityKind.Client).Select(span => span.OperationName);
    }

    /// <summary>Of failures: written once an hour, by whoever meets the first, and not part of what each of them costs.</summary>
    private static async Task NotePartitionsAsync(InProcess service)
    {
        var hour = IndexPartition.HourOf(DateTimeOffset.UtcNow);
        await service.Directory.NoteAsync(TableDefinition.Failed, new IndexPartition(hour, 0, "alice"), CancellationToken.None);
        await service.Directory.NoteAsync(TableDefinition.Failed, new IndexPartition(hour.AddHours(1), 0, "alice"), CancellationToken.None);
    }

    private static ActivityContext NewContext() => new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

    private static string Text(ActivityContext context) => $"00-{context.TraceId}-{context.SpanId}-01";

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
