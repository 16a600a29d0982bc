using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Mutations;

/// <summary>How long a deliberate bug stays unnoticed.</summary>
/// <param name="Seeds">Seeds that passed before one failed.</param>
/// <param name="Finding">What that seed found; null when the bug survived all of them.</param>
internal sealed record Survival(Mutation Mutation, int Seeds, string? Finding)
{
    public static Survival Of(Mutation mutation, int mostSeeds)
    {
        var tally = new Tally();
        var theme = mutation.Theme is { } name ? Theme.Named[name] : null;
        mutation.Enter();

        SeedThreads.Each(Enumerable.Range(1, mostSeeds), seed => SimulatedRun.Of(seed, mutation: mutation, theme: theme), result =>
        {
            tally.Add(result);
            return tally.Failures.Count == 0;
        });

        mutation.Leave();
        var first = tally.Failures.Count > 0 ? tally.Failures[0] : null;
        return new Survival(mutation, first is null ? mostSeeds : first.Seed - 1, first?.Broken[0]);
    }
}
