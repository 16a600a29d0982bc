using Waybill.Simulation.Model;

namespace Waybill.Simulation.Tests;

/// <summary>One visit of every state of the model, for all tests that ask something about them.</summary>
public sealed class ModelExploration
{
    public ModelExploration()
    {
        Search = new ModelSearch();
        Broken = Search.Run();
    }

    /// <summary>The way to a broken invariant; null when all hold.</summary>
    public IReadOnlyList<string>? Broken { get; }

    internal ModelSearch Search { get; }
}
