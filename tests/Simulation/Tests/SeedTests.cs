using Waybill.Simulation.Faults;
using Waybill.Simulation.Runs;
using Xunit;
using Xunit.Abstractions;

namespace Waybill.Simulation.Tests;

/// <summary>Rules out that any of these faults, at any of these moments, loses, forgets or wrongly repeats a notification.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int Seeds = 10_000;
    private const int SkewedSeeds = 500;

    [Fact]
    public void All_invariants_hold_whatever_fails_and_whenever()
    {
        var tally = new Tally();

        SeedThreads.Each(Enumerable.Range(1, Seeds), seed => SimulatedRun.Of(seed), result =>
        {
            tally.Add(result);
            return tally.Failures.Count == 0;
        });

        output.WriteLine(tally.ToString());
        Assert.True(tally.Failures.Count == 0, string.Join(Environment.NewLine, tally.Failures.Select(Describe)));
        Assert.Equal(Seeds, tally.Seeds);
    }

    /// <summary>
    /// Clocks of all processes up to two seconds apart that step again and again, and workers that are frozen past their leases:
    /// rules out that a lease, a due time or a fence depends on whose clock is asked.
    /// </summary>
    [Fact]
    public void Race_of_clock_skew_between_workers()
    {
        var skewed = new FaultProfile { ClockSteps = 12, Freezes = 3, Duplicates = 0.5, UndoneDeletes = 0.4, Lag = TimeSpan.FromSeconds(1) };
        var tally = new Tally();

        SeedThreads.Each(Enumerable.Range(1, SkewedSeeds), seed => SimulatedRun.Of(seed, profile: skewed), result =>
        {
            tally.Add(result);
            return tally.Failures.Count == 0;
        });

        Assert.True(tally.Failures.Count == 0, string.Join(Environment.NewLine, tally.Failures.Select(Describe)));
        Assert.Equal(SkewedSeeds, tally.Seeds);
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

    private static string TraceOf(int seed)
    {
        using var trace = new StringWriter();
        SeedThreads.Alone(() => SimulatedRun.Of(seed, trace));
        return trace.ToString();
    }

    private static string Describe(RunResult failure) =>
        $"Seed {failure.Seed} (dotnet run --project tests/Simulation -- replay {failure.Seed}): {string.Join(" ", failure.Broken)}";
}
