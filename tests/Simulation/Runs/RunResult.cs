namespace Waybill.Simulation.Runs;

/// <summary>What came of one seed.</summary>
/// <param name="Broken">The invariants that did not hold; empty when all is well.</param>
/// <param name="Duplicates">Calls beyond those whose result was recorded, each with its excuse.</param>
/// <param name="Recoveries">What the Dispatcher sent again although no retry was due.</param>
/// <param name="Waits">Calls that waited behind another one to the same host.</param>
/// <param name="Releases">Claims given back without a call: the host was full, or the worker drained.</param>
/// <param name="MostIdleRounds">The most dispatches of one notification in a row that led to nothing.</param>
/// <param name="LargestItem">Bytes of the largest state item.</param>
internal sealed record RunResult(
    int Seed,
    IReadOnlyList<string> Broken,
    int Notifications,
    int Faults,
    int Calls,
    int Duplicates,
    int Recoveries,
    int Waits,
    int Releases,
    int Redeliveries,
    int MostIdleRounds,
    int LargestItem,
    TimeSpan SimulatedTime)
{
    /// <summary>At which steps of taking in an event, or of telling an owner something, a process crashed, and whether before or after their effect.</summary>
    public IReadOnlyCollection<string> FanOutCrashes { get; init; } = [];
}
