using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Mutations;

/// <summary>How long a deliberate bug stays unnoticed.</summary>
/// <param name="FoundBy">The first seed that failed; null when the bug survived all of them.</param>
/// <param name="Finding">What that seed found.</param>
internal sealed record Survival(Mutation Mutation, int? FoundBy, string? Finding)
{
    /// <param name="seeds">Looked at in that order, several at a time, until one fails.</param>
    public static Survival Of(Mutation mutation, IEnumerable<int> seeds)
    {
        var tally = new Tally();
        var theme = mutation.Theme is { } name ? Theme.Named[name] : null;
        mutation.Enter();

        SeedThreads.Each(seeds, seed => SimulatedRun.Of(seed, mutation: mutation, theme: theme), result =>
        {
            tally.Add(result);
            return tally.Failures.Count == 0;
        });

        mutation.Leave();
        var first = tally.Failures.Count > 0 ? tally.Failures[0] : null;
        return new Survival(mutation, first?.Seed, first?.Broken[0]);
    }
}
