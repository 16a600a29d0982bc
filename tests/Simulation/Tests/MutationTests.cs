using Waybill.Simulation.Mutations;
using Xunit;

namespace Waybill.Simulation.Tests;

/// <summary>Rules out a simulator that finds nothing because it looks at nothing.</summary>
public sealed class MutationTests
{
    public static TheoryData<string> Bugs() => new(AllMutations.List.Select(mutation => mutation.Name));

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_deliberate_bug_is_found(string bug)
    {
        var mutation = AllMutations.List.Single(mutation => mutation.Name == bug);

        var survival = Survival.Of(mutation, AllMutations.MostSeeds);

        Assert.True(survival.Finding is not null, $"'{bug}' survived {survival.Seeds} seeds.");
    }
}
