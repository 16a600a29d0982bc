using Waybill.Simulation.Runs;
using Waybill.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Waybill.Simulation.Tests;

/// <summary>Rules out that any of these faults, at any of these moments, loses, forgets or wrongly repeats a notification.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private static readonly int Seeds = Ladder.IsFull ? 10_000 : 600;
    private static readonly int SpecialSeeds = Ladder.IsFull ? 500 : 100;
    private static readonly int LastingSeeds = Ladder.IsFull ? 300 : 60;
    private static readonly int SilentSeeds = Ladder.IsFull ? 300 : 100;
    private static readonly int LongSeeds = Ladder.IsFull ? 100 : 20;

    /// <summary>At each of which some process crashes: for whom is it, the event, its marker, its notifications, and the marker goes; and the Dispatcher, which finishes what was not.</summary>
    private static readonly string[] StepsOfAFanOut =
    [
        "accept-event: query endpoints",
        "accept-event: put request",
        "accept-event: put fan-out",
        "accept-event: put state",
        "accept-event: update fan-out",
        "finish-fan-out: put state",
    ];

    /// <summary>
    /// At each of which some process crashes: a callback's plan, its event, that event's notifications, the due time that says that it is owed, and the plan again; what an endpoint
    /// owes, and the job that makes due what was held for it.
    /// </summary>
    private static readonly string[] StepsOfTelling =
    [
        "open plan",
        "put callback",
        "put notification of callback",
        "take due time away",
        "close plan",
        "note on endpoint",
        "put job",
        "redeliver",
    ];

    [Fact]
    public void All_invariants_hold_whatever_fails_and_whenever()
    {
        var tally = RunAll(Seeds);

        Assert.Equal(Seeds, tally.Seeds);
    }

    /// <summary>
    /// Clocks of all processes up to two seconds apart that step again and again, and workers that are frozen past their leases:
    /// rules out that a lease, a due time or a fence depends on whose clock is asked.
    /// </summary>
    [Fact]
    public void Race_of_clock_skew_between_workers()
    {
        var tally = RunAll(SpecialSeeds, "skew");

        Assert.Equal(SpecialSeeds, tally.Seeds);
    }

    /// <summary>
    /// Workers are stopped again and again while calls wait behind others to the same host, and nothing happens that excuses a
    /// second call: rules out that one who waits is forgotten, called by two, or keeps the worker from its end.
    /// </summary>
    [Fact]
    public void Race_of_a_drain_against_calls_that_wait_for_their_host()
    {
        var tally = RunAll(SpecialSeeds, "drain");

        Assert.True(tally.Waits > 0 && tally.Releases > 0, "No call waited for its host.");
        Assert.Equal(0, tally.Duplicates);
    }

    /// <summary>
    /// Records that cannot be read, or that DynamoDB refuses or fails on, for ever or until they are healed: rules out that any other
    /// notification has anything of it, that nobody learns which one it is, and that one that is healed is forgotten.
    /// </summary>
    [Fact]
    public void A_record_that_answers_errors_for_ever_harms_no_other()
    {
        var tally = RunAll(LastingSeeds, "records");

        Assert.Equal(LastingSeeds, tally.Seeds);
    }

    /// <summary>
    /// Events to endpoints that are changed, rotated and deleted meanwhile, with crashes at every step of a fan-out: rules out that an endpoint that took
    /// an event does not get it, or one that did not gets it, that one gets it twice without an excuse, at an old URL, or signed with an old secret.
    /// </summary>
    [Fact]
    public void An_event_comes_to_each_endpoint_that_took_it_and_to_no_other()
    {
        var tally = RunAll(SpecialSeeds, "events");

        Assert.Equal(SpecialSeeds, tally.Seeds);
        Assert.Empty(StepsOfAFanOut.SelectMany(step => new[] { $"{step}, BeforeEffect", $"{step}, AfterEffect" }).Except(tally.FanOutCrashes));
    }

    /// <summary>
    /// The same while this release runs beside the one after it, or beside the one before it, which knows no events: rules out that what the one adds, or the
    /// other does not know, costs an endpoint its event. What the one before ends it ends as its document says.
    /// </summary>
    [Fact]
    public void An_event_comes_to_its_endpoints_while_two_releases_run_side_by_side()
    {
        var tally = RunAll(LastingSeeds, "event-releases");

        Assert.Equal(LastingSeeds, tally.Seeds);
    }

    /// <summary>
    /// Endpoints that are paused, resumed, disabled, enabled and fail for long, with crashes at every step of telling: rules out that anything that was held is lost or early, that one
    /// is disabled too soon or probed too often, that an end is told twice or not at all, and that callbacks bring about callbacks.
    /// </summary>
    [Fact]
    public void Nothing_is_silent_whatever_fails_and_whenever()
    {
        var tally = RunAll(SilentSeeds, "silent");

        Assert.Equal(SilentSeeds, tally.Seeds);
        Assert.Empty(StepsOfTelling.SelectMany(step => new[] { $"{step}, BeforeEffect", $"{step}, AfterEffect" }).Except(tally.FanOutCrashes));
    }

    /// <summary>Rules out that a notification goes round for ever once there is nothing left to send, or is to be delivered again.</summary>
    [Fact]
    public void A_notification_whose_request_has_expired_comes_to_an_end()
    {
        var tally = RunAll(LastingSeeds, "expiry");

        Assert.Equal(LastingSeeds, tally.Seeds);
    }

    /// <summary>
    /// This release beside the one before or the one after, forwards and back in the middle of a run: rules out that attributes, members
    /// or words which one of them does not know are lost, or that anything is stuck or repeated because of them.
    /// </summary>
    [Fact]
    public void Two_releases_side_by_side_lose_and_repeat_nothing()
    {
        var tally = RunAll(LastingSeeds, "releases");

        Assert.Equal(LastingSeeds, tally.Seeds);
    }

    /// <summary>
    /// Months of redeliveries, up to a thousand of one notification, and deliveries scheduled a year ahead, while DynamoDB removes what has
    /// outlived its time: rules out that anything that is still needed is removed, and that a record grows without bound.
    /// </summary>
    [Fact]
    public void Months_of_redeliveries_end_each_time_and_leave_a_small_record()
    {
        var tally = RunAll(LongSeeds, "months");

        Assert.True(tally.Redeliveries > 10 * LongSeeds, "Next to nothing was redelivered.");
    }

    [Theory]
    [InlineData(null, 20, 100)]
    [InlineData("records", 2, 10)]
    [InlineData("expiry", 2, 10)]
    [InlineData("releases", 2, 10)]
    [InlineData("events", 2, 10)]
    [InlineData("event-releases", 2, 10)]
    [InlineData("silent", 2, 10)]
    [InlineData("months", 2, 10)]
    public void A_seed_replays_to_the_same_trace(string? theme, int seeds, int seedsInFull)
    {
        var replayed = Ladder.IsFull ? seedsInFull : seeds;

        var tally = RunAll(replayed, theme, Twice);

        Assert.Equal(replayed, tally.Seeds);
    }

    private Tally RunAll(int seeds, string? theme = null) => RunAll(seeds, theme, (seed, about) => SimulatedRun.Of(seed, theme: about));

    private Tally RunAll(int seeds, string? theme, Func<int, Theme?, RunResult> run)
    {
        var tally = new Tally();

        var about = theme is null ? null : Theme.Named[theme];

        SeedThreads.Each(Enumerable.Range(1, seeds), seed => run(seed, about), result =>
        {
            tally.Add(result);
            return tally.Failures.Count == 0;
        });

        output.WriteLine(tally.ToString());
        Assert.True(tally.Failures.Count == 0, string.Join(Environment.NewLine, tally.Failures.Select(failure => Describe(failure, theme))));
        return tally;
    }

    private static RunResult Twice(int seed, Theme? theme)
    {
        using var first = new StringWriter();
        using var second = new StringWriter();
        var result = SimulatedRun.Of(seed, first, theme: theme);
        SimulatedRun.Of(seed, second, theme: theme);

        return first.ToString() == second.ToString() ? result : result with { Broken = [.. result.Broken, "It ran in two ways."] };
    }

    private static string Describe(RunResult failure, string? theme) =>
        $"Seed {failure.Seed} (dotnet run -c Release --project tests/Simulation -- replay {failure.Seed} {theme}): {string.Join(" ", failure.Broken)}";
}
