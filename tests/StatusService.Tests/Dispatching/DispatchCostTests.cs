using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.Notifications.Telemetry;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Batching;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.Dispatching;

/// <summary>Rules out that what is due is read again before it is written: of each retry that would be a read unit more.</summary>
[Collection(StatusCollection.Name)]
public sealed class DispatchCostTests(StatusFixture fixture)
{
    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);

    [Theory]
    [InlineData(FromState.RetryDue, 0, "GetItem UpdateItem")]
    [InlineData(FromState.LeaseExpired, 1_000, "GetItem UpdateItem")]
    [InlineData(FromState.Success, 0, "GetItem")]
    public async Task A_dispatch_reads_its_record_once_and_writes_it_at_most_once(FromState from, int claims, string calls)
    {
        using var service = new InProcess(fixture.Backends);
        var id = await _situation.Of(from, item => item[StoredNames.Claims] = StoredValue.Of(claims));
        var made = new ConcurrentQueue<string>();
        using var listener = Listen(made);
        var due = Encoding.UTF8.GetBytes($$"""{"dueAt":"{{Situation.Due:O}}"}""");

        var answer = await service.Batched.AnswerAsync(new BatchedCall(StatusClient.Dispatch, id, null, Minimal: false, due));

        Assert.Equal(from == FromState.Success ? 409 : 200, answer.Status);
        Assert.Equal(calls.Split(' '), made);
    }

    private static MeterListener Listen(ConcurrentQueue<string> made)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meters) =>
            {
                if (instrument.Name == "waybill.aws.calls")
                {
                    meters.EnableMeasurementEvents(instrument);
                }
            },
        };

        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var (name, value) in tags)
            {
                if (name == WaybillTelemetry.AwsOperation && value is string operation)
                {
                    made.Enqueue(operation);
                }
            }
        });
        listener.Start();
        return listener;
    }
}
