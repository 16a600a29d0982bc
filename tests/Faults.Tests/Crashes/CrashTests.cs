using Waybill.Faults.Tests.Support;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;
using Xunit.Abstractions;

namespace Waybill.Faults.Tests.Crashes;

/// <summary>kill -9 of each part under load: nothing is lost, and only what was in hand is called again.</summary>
public sealed class CrashTests(SystemFixture fixture, ITestOutputHelper output) : FaultTest(fixture, output)
{
    /// <summary>Long enough for attempts to be in hand at any moment.</summary>
    private static readonly TimeSpan ReceiverDelay = TimeSpan.FromSeconds(1);

    private const int InHand = 4;

    [Fact]
    public async Task Race_of_a_worker_that_dies_in_PROCESSING_under_load()
    {
        // The default timeout: recovery within 30 s is promised for it.
        var (outcomes, faults) = await CrashAsync(
            Scale.Load with { TimeoutSeconds = 15 },
            () => Waybill.Workers[0].KillAsync(),
            () => Waybill.Workers[0].StartAsync(),
            ready: () => Waybill.InHandOfAsync(Waybill.Workers[0], InHand));

        Proof.PostsAreAccepted(outcomes);
        RecoversWithin(TimeSpan.FromSeconds(30), outcomes, faults);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task Intake_dies_under_load()
    {
        var (outcomes, faults) = await CrashAsync(Scale.Load, () => Waybill.Intake.KillAsync(), () => Waybill.Intake.StartAsync());

        Assert.Contains(outcomes, outcome => outcome.Post.Answered is null);
        RecoversWithin(RecoveryAt(Scale.Load.TimeoutSeconds), outcomes, faults);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task The_status_service_dies_under_load()
    {
        var (outcomes, faults) = await CrashAsync(Scale.Load, () => Waybill.Status.Process.KillAsync(), () => Waybill.Status.Process.StartAsync());

        RecoversWithin(RecoveryAt(Scale.Load.TimeoutSeconds), outcomes, faults);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task The_table_dies_under_load_and_comes_back_with_its_data()
    {
        var (outcomes, faults) = await CrashAsync(Scale.Load, () => Waybill.Backends.DynamoDb.KillAsync(), () => Waybill.Backends.DynamoDb.StartAsync());

        RecoversWithin(RecoveryAt(Scale.Load.TimeoutSeconds), outcomes, faults);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task The_queue_dies_under_load_and_comes_back_with_its_data()
    {
        var (outcomes, faults) = await CrashAsync(Scale.Load, () => Waybill.Backends.Sqs.KillAsync(), () => Waybill.Backends.Sqs.StartAsync());

        Proof.PostsAreAccepted(outcomes);
        RecoversWithin(RecoveryAt(Scale.Load.TimeoutSeconds), outcomes, faults);
    }

    /// <summary>Kills and starts again in mid-load, as often as the scale says, and checks what holds for every crash.</summary>
    private async Task<(IReadOnlyList<Outcome> Outcomes, IReadOnlyList<Fault> Faults)> CrashAsync(
        LoadShape shape,
        Func<Task> kill,
        Func<Task> start,
        Func<Task>? ready = null)
    {
        using var answer = Waybill.Receiver.AnswerAfter(ReceiverDelay);
        using var load = Waybill.Post(shape);
        var faults = new List<Fault>();

        for (var crash = 1; crash <= Scale.Crashes; crash++)
        {
            await load.ReachesAsync(shape.Count * crash / (Scale.Crashes + 1));
            await (ready?.Invoke() ?? Waybill.Receiver.InHandAsync(InHand));
            faults.Add(await Fault.NoteAsync(kill));
            await start();
        }

        var outcomes = await Waybill.SettlesAsync(load);
        Proof.NothingIsLost(outcomes);
        Proof.OnlyWhatWasInHandIsRepeated(outcomes, faults);
        return (outcomes, faults);
    }
}
