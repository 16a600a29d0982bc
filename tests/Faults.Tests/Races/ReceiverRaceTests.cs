using Waybill.Faults.Tests.Support;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;
using Xunit.Abstractions;

namespace Waybill.Faults.Tests.Races;

/// <summary>What a receiver has been told, or has answered, cannot be taken back.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class ReceiverRaceTests(SystemFixture fixture, ITestOutputHelper output) : FaultTest(fixture, output)
{
    [Fact]
    public async Task Race_of_a_receiver_slower_than_the_lease()
    {
        var late = new TaskCompletionSource<int>();
        using var answer = Waybill.Receiver.Answer(call => call.Number == 1 ? late.Task : Task.FromResult(200));
        var id = await Waybill.PostOneAsync(new LoadShape { TimeoutSeconds = 1, RetrySchedule = [1] });

        var record = await Waybill.BecomesAsync(id, record => record.IsFinal);
        var calls = Waybill.Receiver.CallsFor(id);
        await Moment.PassedAsync(calls[0].ArrivedAt + DeliveryTiming.LeaseFor(1));
        late.SetResult(200);

        // The deadline ended the first attempt within its lease; its late answer meets nobody.
        Assert.Equal([DeliveryCategory.Timeout, DeliveryCategory.Success], record.History.Select(entry => entry.Category));
        Assert.Equal(record.Version, (await Waybill.ReadAsync(id))!.Version);
        Assert.Equal(2, Waybill.Receiver.CallsFor(id).Count);
    }

    [Fact]
    public async Task Race_of_a_2xx_whose_result_write_fails_until_the_lease_ends()
    {
        var answered = new TaskCompletionSource<int>();
        using var answer = Waybill.Receiver.Answer(_ => answered.Task);
        var id = await Waybill.PostOneAsync(new LoadShape { TimeoutSeconds = 4 });

        await Waybill.Receiver.InHandAsync(1);
        var lease = (await Waybill.ReadAsync(id))!.Lease!;
        await Waybill.Backends.DynamoDb.KillAsync();
        answered.SetResult(200);

        await Moment.PassedAsync(lease.Until);
        Assert.Single(Waybill.Receiver.CallsFor(id));
        await Waybill.Backends.DynamoDb.StartAsync();

        var record = await Waybill.BecomesAsync(id, record => record.IsFinal);
        var calls = Waybill.Receiver.CallsFor(id);
        Assert.Equal([DeliveryCategory.Abandoned, DeliveryCategory.Success], record.History.Select(entry => entry.Category));
        Assert.Equal(2, calls.Count);
        Assert.True(calls[1].ArrivedAt > lease.Until, $"Called again at {calls[1].ArrivedAt:O}, while the lease held until {lease.Until:O}.");
        Print($"Delivered {(record.DeliveredAt!.Value - lease.Until).TotalSeconds:0.0} s after the lease's end.");
    }

    [Fact]
    public async Task Race_of_a_2xx_whose_result_write_fails_while_the_lease_holds()
    {
        var answered = new TaskCompletionSource<int>();
        using var answer = Waybill.Receiver.Answer(_ => answered.Task);
        var id = await Waybill.PostOneAsync(new LoadShape());

        await Waybill.Receiver.InHandAsync(1);
        await Waybill.Backends.DynamoDb.KillAsync();
        answered.SetResult(200);
        await OneWorkerAsksAgainAsync();
        await Waybill.Backends.DynamoDb.StartAsync();

        var record = await Waybill.BecomesAsync(id, record => record.IsFinal);
        Assert.Equal([DeliveryCategory.Success], record.History.Select(entry => entry.Category));
        Assert.Single(Waybill.Receiver.CallsFor(id));
    }

    private Task OneWorkerAsksAgainAsync() => Task.WhenAny(Waybill.Workers.Select(worker => worker.PrintsAsync("The result was not taken")));
}
