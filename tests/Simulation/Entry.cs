using System.Globalization;
using Waybill.Simulation.Commands;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation;

/// <summary>The console: replay one seed with a trace, soak for as long as one likes, see which deliberate bugs are found.</summary>
internal static class Entry
{
    private const string Usage = """
        usage:
          replay SEED [THEME]  runs one seed and prints what happens; THEME, where the seed is of such a test:
                               skew, drain, records, expiry, releases, events,
                               event-releases, silent or months
          soak [FIRST-SEED]    runs seed after seed until Ctrl+C, or until one fails
          soak THEME [COUNT]   the same of one kind of trouble, or "any"; with a count, that many whatever fails
          model                checks every interleaving of one notification, two workers, Dispatcher, intake and client
          mutations [ABOUT]    shows how many seeds each deliberate bug survives, or those with that in their names, or of that theme
        """;

    public static int Main(string[] arguments) => arguments switch
    {
        ["replay", var seed] => Replay.Run(int.Parse(seed, CultureInfo.InvariantCulture)),
        ["replay", var seed, var theme] when Theme.Named.ContainsKey(theme) => Replay.Run(int.Parse(seed, CultureInfo.InvariantCulture), theme),
        ["soak"] => Soak.Run(1),
        ["soak", var theme] when Theme.Named.ContainsKey(theme) => Soak.Run(1, theme),
        ["soak", var theme, var seeds] when Theme.Named.ContainsKey(theme) => Soak.Run(1, theme, int.Parse(seeds, CultureInfo.InvariantCulture)),
        ["soak", "any", var seeds] => Soak.Run(1, null, int.Parse(seeds, CultureInfo.InvariantCulture)),
        ["soak", var first] => Soak.Run(int.Parse(first, CultureInfo.InvariantCulture)),
        ["model"] => ModelCheck.Run(),
        ["mutations"] => MutationReport.Run(),
        ["mutations", var about] => MutationReport.Run(about),
        _ => Explain(),
    };

    private static int Explain()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
