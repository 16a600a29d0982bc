using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Commands;

internal static class Replay
{
    public static int Run(int seed)
    {
        var result = SeedThreads.Alone(() => SimulatedRun.Of(seed, Console.Out));
        Console.WriteLine(result.Broken.Count == 0 ? $"Seed {seed}: all invariants held." : $"Seed {seed}: BROKEN. {string.Join(" ", result.Broken)}");
        return result.Broken.Count == 0 ? 0 : 1;
    }
}
