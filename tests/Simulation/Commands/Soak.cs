using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Commands;

internal static class Soak
{
    private const int LinesEvery = 5000;

    public static int Run(int firstSeed)
    {
        var tally = new Tally();
        using var stop = new CancellationTokenSource();

        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };

        SeedThreads.Each(Seeds(firstSeed), seed => SimulatedRun.Of(seed), result =>
        {
            tally.Add(result);

            if (tally.Seeds % LinesEvery == 0)
            {
                Console.WriteLine(tally);
            }

            return tally.Failures.Count == 0 && !stop.IsCancellationRequested;
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
