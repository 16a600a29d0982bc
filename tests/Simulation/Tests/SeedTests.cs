using Waybill.Simulation.Runs;
using Xunit;
using Xunit.Abstractions;

namespace Waybill.Simulation.Tests;

/// <summary>Rules out that any of these faults, at any of these moments, loses, forgets or wrongly repeats a notification.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int Seeds = 10_000;

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
