using Waybill.Faults.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;
using Xunit.Abstractions;

namespace Waybill.Faults.Tests.Crashes;

[Trait(Ladder.Name, Ladder.Full)]
public sealed class DrainTests(SystemFixture fixture, ITestOutputHelper output) : FaultTest(fixture, output)
{
    [Fact]
    public async Task Race_of_SIGTERM_in_mid_attempt_under_load()
    {
        var shape = Scale.Load with { PerSecond = 20 };
        using var answer = Waybill.Receiver.AnswerAfter(TimeSpan.FromSeconds(1));
        using var load = Waybill.Post(shape);
        await load.ReachesAsync(shape.Count / 2);
        await Waybill.InHandOfAsync(Waybill.Workers[0], 4);

        var exitCode = -1;
        var stop = await Fault.NoteAsync(async () => exitCode = await Waybill.Workers[0].StopAsync());
        Assert.Equal(0, exitCode);

        var outcomes = await Waybill.SettlesAsync(load);
        Proof.NothingIsLost(outcomes);
        Proof.OnlyWhatWasInHandIsRepeated(outcomes);
        Assert.DoesNotContain(outcomes, outcome => outcome.Record!.History.Any(entry => entry.Category == DeliveryCategory.Abandoned));

        Print($"Stopped in {(stop.Until - stop.From).TotalSeconds:0.0} s");
        RecoversWithin(RecoveryAt(shape.TimeoutSeconds), outcomes, [stop]);
    }
}
