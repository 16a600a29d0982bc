using Waybill.Notifications.Transitions;
using Waybill.Simulation.Model;
using Waybill.Simulation.Mutations;
using Xunit;
using Xunit.Abstractions;

namespace Waybill.Simulation.Tests;

/// <summary>Rules out an interleaving of two workers, a Dispatcher, intake and a client that breaks an invariant or ends nowhere.</summary>
public sealed class ModelTests(ModelExploration exploration, ITestOutputHelper output) : IClassFixture<ModelExploration>
{
    [Fact]
    public void Every_interleaving_with_at_most_two_crashes_keeps_the_invariants()
    {
        var broken = exploration.Broken;

        output.WriteLine($"{exploration.Search.States} states, {exploration.Search.Steps} steps");
        Assert.True(broken is null, string.Join(Environment.NewLine, broken ?? []));
        Assert.True(exploration.Search.States > 100_000, "The model has lost most of its states.");
    }

    [Theory]
    [InlineData("a claim ignores a live lease")]
    [InlineData("a claim takes what is final")]
    [InlineData("cancel takes what a worker is delivering")]
    public void A_deliberate_bug_in_a_row_is_found(string bug)
    {
        var mutation = AllMutations.List.Single(mutation => mutation.Name == bug);
        mutation.Enter();

        var broken = new ModelSearch().Run();

        mutation.Leave();
        Assert.NotNull(broken);
        output.WriteLine(string.Join(", ", broken));
    }

    [Fact]
    public void Every_transition_but_redelivery_is_taken_in_the_model() =>
        Assert.Empty(TransitionTable.All.Except([TransitionTable.Redeliver]).Select(row => row.Name).Except(exploration.Search.Done));
}
