using Waybill.Simulation.Runs;
using Xunit;
using Xunit.Abstractions;

namespace Waybill.Simulation.Tests;

/// <summary>Rules out that any of these faults, at any of these moments, loses, forgets or wrongly repeats a notification.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int Seeds = 10_000;
    private const int SpecialSeeds = 500;

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

    [Fact]
    public void A_seed_replays_to_the_same_trace()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var first = TraceOf(seed);
            var second = TraceOf(seed);

            Assert.True(first == second, $"Seed {seed} ran in two ways.");
        }
    }

    private Tally RunAll(int seeds, string? theme = null)
    {
        var tally = new Tally();

        var about = theme is null ? null : Theme.Named[theme];

        SeedThreads.Each(Enumerable.Range(1, seeds), seed => SimulatedRun.Of(seed, theme: about), result =>
        {
            tally.Add(result);
            return tally.Failures.Count == 0;
        });

        output.WriteLine(tally.ToString());
        Assert.True(tally.Failures.Count == 0, string.Join(Environment.NewLine, tally.Failures.Select(failure => Describe(failure, theme))));
        return tally;
    }

    private static string TraceOf(int seed)
    {
        using var trace = new StringWriter();
        SeedThreads.Alone(() => SimulatedRun.Of(seed, trace));
        return trace.ToString();
    }

    private static string Describe(RunResult failure, string? theme) =>
        $"Seed {failure.Seed} (dotnet run -c Release --project tests/Simulation -- replay {failure.Seed} {theme}): {string.Join(" ", failure.Broken)}";
}
