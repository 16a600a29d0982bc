using System.Net;
using Waybill.Faults.Tests.Support;
using Waybill.LocalAws;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;
using Xunit.Abstractions;

namespace Waybill.Faults.Tests.Outages;

/// <summary>
/// The queue or the table is cut off for a while, and posts go on: within 10 s of the end everything that waited is delivered.
/// That bound is for a load that a machine with two cores can catch up with in that time.
/// </summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class OutageTests(SystemFixture fixture, ITestOutputHelper output) : FaultTest(fixture, output)
{
    private const int PerSecond = 10;
    private const int SecondsBefore = 2;
    private const int SecondsAfter = 1;

    private static readonly int OutageSeconds = (int)Scale.Outage.TotalSeconds;

    private static readonly LoadShape Shape = Scale.Load with
    {
        Count = PerSecond * (SecondsBefore + OutageSeconds + SecondsAfter),
        PerSecond = PerSecond,
        TimeoutSeconds = 3,
    };

    [Fact]
    public async Task The_queue_is_cut_off_and_every_post_is_taken()
    {
        var (outcomes, fault) = await CutAsync(Waybill.Backends.Sqs);

        Proof.PostsAreAccepted(outcomes);
        Assert.Contains(outcomes, outcome => outcome.Post.Text.Contains("\"PENDING\"", StringComparison.Ordinal));
        Heals(outcomes, fault);
    }

    [Fact]
    public async Task The_table_is_cut_off_and_posts_are_refused_with_nothing_half_done()
    {
        var (outcomes, fault) = await CutAsync(Waybill.Backends.DynamoDb);

        Assert.All(outcomes, outcome => Assert.Contains(outcome.Post.Answered, new HttpStatusCode?[] { HttpStatusCode.Accepted, HttpStatusCode.ServiceUnavailable }));
        var refused = outcomes.Where(outcome => !outcome.Post.IsAccepted).ToList();
        Assert.True(refused.Count > PerSecond * OutageSeconds / 2, $"Only {refused.Count} posts were refused.");
        Heals(outcomes, fault);
    }

    /// <summary>The load's own pace is the clock. What was refused is posted once more at the end, with the same keys.</summary>
    private async Task<(IReadOnlyList<Outcome> Outcomes, Fault Fault)> CutAsync(LocalEmulator part)
    {
        using var load = Waybill.Post(Shape);
        await load.ReachesAsync(PerSecond * SecondsBefore);

        var fault = await Fault.NoteAsync(async () =>
        {
            await part.StopAsync();
            await load.ReachesAsync(PerSecond * (SecondsBefore + OutageSeconds));
            await part.StartAsync();
        });

        var outcomes = await Waybill.SettlesAsync(load);
        Proof.NothingIsLost(outcomes);
        Proof.OnlyWhatWasInHandIsRepeated(outcomes, fault);

        await load.RepeatRefusedAsync();
        var repeated = await Waybill.SettlesAsync(load);
        Proof.PostsAreAccepted(repeated);
        Proof.NothingIsLost(repeated);
        Proof.OnlyWhatWasInHandIsRepeated(repeated, fault);

        return (outcomes, fault);
    }

    private void Heals(IReadOnlyList<Outcome> outcomes, Fault fault)
    {
        var healing = Proof.HealingAfter(outcomes, fault.Until);
        Print(Proof.Figures(outcomes, healing));
        Print(Proof.DescribeCatchUp(outcomes, fault.Until));
        Print(Proof.DescribeSlowest(outcomes, [fault with { From = fault.Until }]));
        Assert.InRange(healing, TimeSpan.MinValue, HealingDeadline);
    }
}
