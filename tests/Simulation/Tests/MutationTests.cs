using Waybill.Simulation.Mutations;
using Xunit;
using Xunit.Abstractions;

namespace Waybill.Simulation.Tests;

/// <summary>Rules out a simulator that finds nothing because it looks at nothing.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    public static TheoryData<string> Bugs() => new(AllMutations.List.Select(mutation => mutation.Name));

    /// <summary>Where the known seed finds it no more, since something else has changed the course of that run, all others are looked at.</summary>
    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_deliberate_bug_is_found(string bug)
    {
        var mutation = AllMutations.List.Single(mutation => mutation.Name == bug);
        var seeds = mutation.KnownSeed is { } known ? AllMutations.Seeds.Prepend(known) : AllMutations.Seeds;

        var survival = Survival.Of(mutation, seeds);

        Assert.True(survival.FoundBy is not null, $"'{bug}' survived {AllMutations.MostSeeds} seeds.");
        output.WriteLine($"Seed {survival.FoundBy}: {survival.Finding}");
    }
}
