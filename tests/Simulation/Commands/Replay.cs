using Waybill.Simulation.Faults;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Commands;

internal static class Replay
{
    /// <param name="faults">A name in <see cref="FaultProfile.Named"/>; null: the seed decides.</param>
    public static int Run(int seed, string? faults = null)
    {
        var profile = faults is null ? null : FaultProfile.Named[faults];
        var result = SeedThreads.Alone(() => SimulatedRun.Of(seed, Console.Out, profile: profile));
        Console.WriteLine(result.Broken.Count == 0 ? $"Seed {seed}: all invariants held." : $"Seed {seed}: BROKEN. {string.Join(" ", result.Broken)}");
        return result.Broken.Count == 0 ? 0 : 1;
    }
}
