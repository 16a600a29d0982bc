using Waybill.Faults.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;
using Xunit.Abstractions;

namespace Waybill.Faults.Tests.Crashes;

/// <summary>A worker that hangs is, to the others, one that died; but it comes back and believes that it still holds its leases.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class FreezeTests(SystemFixture fixture, ITestOutputHelper output) : FaultTest(fixture, output)
{
    [Fact]
    public async Task Race_of_a_worker_that_is_frozen_past_its_lease_under_load()
    {
        var shape = Scale.Load with { TimeoutSeconds = 3 };
        using var answer = Waybill.Receiver.AnswerAfter(TimeSpan.FromSeconds(1));
        using var load = Waybill.Post(shape);
        await load.ReachesAsync(shape.Count / 2);

        var worker = Waybill.Workers[0];
        await Waybill.InHandOfAsync(worker, 2);
        Frozen? hanging = null;
        var fault = await Fault.NoteAsync(async () => hanging = await Frozen.FreezeAsync(worker.ProcessId));
        await using var frozen = hanging!;

        // The other worker brings all of it to an end while this one hangs.
        var outcomes = await Waybill.SettlesAsync(load);
        Proof.PostsAreAccepted(outcomes);
        Proof.NothingIsLost(outcomes);
        Proof.OnlyWhatWasInHandIsRepeated(outcomes, fault);
        RecoversWithin(RecoveryAt(shape.TimeoutSeconds), outcomes, [fault]);

        var takenOver = outcomes.Where(outcome => outcome.Record!.History.Any(entry => entry.Category == DeliveryCategory.Abandoned)).ToList();
        Assert.NotEmpty(takenOver);
        Assert.Contains(takenOver, outcome => outcome.Calls.Count > 1);

        await frozen.GoOnAsync();
        // By the status service, or by the worker itself when it sees that its lease has ended.
        await worker.PrintsAsync("The result was refused", "could not be recorded");
        Assert.Equal(0, await worker.StopAsync());

        foreach (var outcome in takenOver)
        {
            Assert.Equal(outcome.Record!.Version, (await Waybill.ReadAsync(outcome.Post.Id))!.Version);
        }
    }
}
