using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Telemetry;

/// <summary>The whole tree of spans, through the queue, of a delivery that needs a retry and is then redelivered.</summary>
[Collection(WaybillCollection.Name)]
public sealed class TraceTreeTests(WaybillFixture fixture)
{
    private readonly ClientTrace _client = ClientTrace.New();
    private readonly ClientTrace _redelivering = ClientTrace.New();

    [Fact]
    public async Task A_retry_is_in_the_clients_trace()
    {
        await RetriedAsync();
        var trace = await CompleteAsync(_client, "Accept", "Queue", "Retry", "Redispatch", "Succeed");

        const string Tree = """
            intake: POST /v1/notifications
              intake: dispatch due notification
                intake: notifications send
                  worker: notifications receive
                    worker: notifications process
                      status: claim [Claim]
                      status: result [Succeed]
                      worker: deliver #2 SUCCESS
              intake: notifications send
                worker: notifications receive
                  worker: notifications process
                    status: claim [Claim]
                    status: result [Retry]
                    worker: deliver #1 SERVER_ERROR
              status: accept [Accept]
              status: dispatch [Redispatch]
              status: queued [Queue]
            """;

        Assert.True(Tree == trace.Tree(_client.SpanId), trace.Tree(_client.SpanId));
    }

    [Fact]
    public async Task A_redelivery_is_in_the_trace_of_who_asked_for_it_and_linked_to_the_one_of_the_post()
    {
        var id = await RetriedAsync();
        await fixture.Waybill.SteerAsync(id, "redeliver", _redelivering.Header);
        await fixture.Waybill.RecordAsync(id, record => record.Number("epoch") == 1 && record.Text("status") == "SUCCESS");
        var trace = await CompleteAsync(_redelivering, "Redeliver", "Queue", "Claim", "Succeed");

        const string Tree = """
            intake: POST /v1/notifications/{id}/redeliver
              intake: GET
                status: GET /internal/notifications/{id}
              intake: notifications send
                worker: notifications receive
                  worker: notifications process
                    status: claim [Claim]
                    status: result [Succeed]
                    worker: deliver #3 SUCCESS
              status: queued [Queue]
              status: redeliver [Redeliver]
            """;

        Assert.True(Tree == trace.Tree(_redelivering.SpanId), trace.Tree(_redelivering.SpanId));

        var asked = trace.Single("intake", span => span.ParentId == _redelivering.SpanId);
        Assert.Equal([_client.TraceId], asked.LinkedTraces);
    }

    private async Task<string> RetriedAsync()
    {
        var path = $"/hook/tree?failTimes=1&key={Guid.NewGuid()}";
        var id = await fixture.Waybill.AcceptedAsync($$"""{ "url": "{{fixture.Receiver.Url(path)}}", "retrySchedule": [1] }""", _client.Header);
        await fixture.Waybill.DeliveredAsync(id);
        return id;
    }

    private Task<Trace> CompleteAsync(ClientTrace client, params string[] transitions) => Eventually.BecomesAsync(
        () => Task.FromResult(Trace.Of(client.TraceId, fixture.Telemetry.Spans)),
        trace => trace.IsComplete(client.SpanId, transitions),
        Deadlines.State);
}
