using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Commands;

internal static class Soak
{
    private const int LinesEvery = 1000;

    /// <param name="theme">A name in <see cref="Theme.Named"/>; null: some of everything.</param>
    public static int Run(int firstSeed, string? theme = null, int count = int.MaxValue)
    {
        var tally = new Tally();
        using var stop = new CancellationTokenSource();

        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };

        var about = theme is null ? null : Theme.Named[theme];

        SeedThreads.Each(Seeds(firstSeed).Take(count), seed => SimulatedRun.Of(seed, theme: about), result =>
        {
            tally.Add(result);

            if (tally.Seeds % LinesEvery == 0)
            {
                Console.WriteLine(tally);
            }

            return (tally.Failures.Count == 0 || count != int.MaxValue) && !stop.IsCancellationRequested;
        });

        Console.WriteLine(tally);

        foreach (var failure in tally.Failures)
        {
            Console.WriteLine($"Seed {failure.Seed}: {string.Join(" ", failure.Broken)}");
        }

        return tally.Failures.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<int> Seeds(int first)
    {
        for (var seed = first; ; seed++)
        {
            yield return seed;
        }
    }
}
