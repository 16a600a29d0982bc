using System.Globalization;
using Waybill.Simulation.Commands;
using Waybill.Simulation.Faults;

namespace Waybill.Simulation;

/// <summary>The console: replay one seed with a trace, soak for as long as one likes, see which deliberate bugs are found.</summary>
internal static class Entry
{
    private const string Usage = """
        usage:
          replay SEED [FAULTS] runs one seed and prints what happens; FAULTS: skew or drain, where the seed is of such a test
          soak [FIRST-SEED]    runs seed after seed until Ctrl+C, or until one fails
          model                checks every interleaving of one notification, two workers, Dispatcher, intake and client
          mutations            shows how many seeds each deliberate bug survives
        """;

    public static int Main(string[] arguments) => arguments switch
    {
        ["replay", var seed] => Replay.Run(int.Parse(seed, CultureInfo.InvariantCulture)),
        ["replay", var seed, var faults] when FaultProfile.Named.ContainsKey(faults) => Replay.Run(int.Parse(seed, CultureInfo.InvariantCulture), faults),
        ["soak"] => Soak.Run(1),
        ["soak", var first] => Soak.Run(int.Parse(first, CultureInfo.InvariantCulture)),
        ["model"] => ModelCheck.Run(),
        ["mutations"] => MutationReport.Run(),
        _ => Explain(),
    };

    private static int Explain()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
