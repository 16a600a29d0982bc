namespace Waybill.Simulation.Runs;

/// <summary>What came of one seed.</summary>
/// <param name="Broken">The invariants that did not hold; empty when all is well.</param>
/// <param name="Duplicates">Calls beyond those whose result was recorded, each with its excuse.</param>
internal sealed record RunResult(
    int Seed, IReadOnlyList<string> Broken, int Notifications, int Faults, int Calls, int Duplicates, int Recoveries, TimeSpan SimulatedTime);
