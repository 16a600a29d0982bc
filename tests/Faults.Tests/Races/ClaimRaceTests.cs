using Waybill.Faults.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;
using Xunit.Abstractions;

namespace Waybill.Faults.Tests.Races;

/// <summary>A worker may have been given a lease that it does not know of.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class ClaimRaceTests(SystemFixture fixture, ITestOutputHelper output) : FaultTest(fixture, output)
{
    [Fact]
    public async Task Race_of_a_claim_whose_answer_is_lost()
    {
        await Task.WhenAll(Waybill.Workers.Select(other => other.StopAsync()));
        await using var relay = await StatusRelay.StartAsync(Waybill.Status.InternalUrl);
        await using var worker = await Waybill.StartWorkerAsync(("StatusService__InternalUrl", relay.Url.ToString()), ("StatusService__TimeoutSeconds", "1"));
        var lost = new TaskCompletionSource();
        using var hold = relay.HoldAnswer(StatusClient.Claim, lost.Task);

        var id = await Waybill.PostOneAsync(new LoadShape());
        await Eventually.BecomesAsync(() => Task.FromResult(relay.Held), held => held == 1);
        var lease = (await Waybill.BecomesAsync(id, record => record.Lease is not null)).Lease!;
        hold.Dispose();

        // Asked again, the worker gets the same lease: one claim, and no wait for the lease's end.
        var record = await Waybill.BecomesAsync(id, record => record.IsFinal);
        lost.SetResult();
        Assert.Equal([DeliveryCategory.Success], record.History.Select(entry => entry.Category));
        Assert.Equal(1, record.Claims);
        Assert.True(record.DeliveredAt < lease.Until, $"Delivered at {record.DeliveredAt:O}, the lease held until {lease.Until:O}.");
        Assert.Single(Waybill.Receiver.CallsFor(id));
    }
}
