using Waybill.Notifications.Transitions;
using Waybill.Simulation.Model;
using Xunit;
using Xunit.Abstractions;

namespace Waybill.Simulation.Tests;

/// <summary>Rules out an interleaving of two workers, a Dispatcher, intake and a client that breaks an invariant or ends nowhere.</summary>
public sealed class ModelTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_interleaving_with_at_most_two_crashes_keeps_the_invariants()
    {
        var search = new ModelSearch();

        var broken = search.Run();

        output.WriteLine($"{search.States} states, {search.Steps} steps");
        Assert.True(broken is null, string.Join(Environment.NewLine, broken ?? []));
        Assert.True(search.States > 100_000, "The model has lost most of its states.");
    }

    [Fact]
    public void Every_transition_but_redelivery_is_taken_in_the_model()
    {
        var search = new ModelSearch();

        search.Run();

        Assert.Empty(TransitionTable.All.Except([TransitionTable.Redeliver]).Select(row => row.Name).Except(search.Done));
    }
}
