using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Commands;

internal static class Replay
{
    /// <param name="theme">A name in <see cref="Theme.Named"/>; null: some of everything.</param>
    public static int Run(int seed, string? theme = null)
    {
        var result = SeedThreads.Alone(() => SimulatedRun.Of(seed, Console.Out, theme: theme is null ? null : Theme.Named[theme]));
        Console.WriteLine(result.Broken.Count == 0 ? $"Seed {seed}: all invariants held." : $"Seed {seed}: BROKEN. {string.Join(" ", result.Broken)}");
        return result.Broken.Count == 0 ? 0 : 1;
    }
}
