using System.Diagnostics;
using Waybill.Simulation.Model;

namespace Waybill.Simulation.Commands;

internal static class ModelCheck
{
    public static int Run()
    {
        var watch = Stopwatch.StartNew();
        var search = new ModelSearch();
        var broken = search.Run();

        Console.WriteLine($"{search.States} states, {search.Steps} steps in {watch.Elapsed.TotalSeconds:0.0} s.");

        foreach (var line in broken ?? ["All invariants hold."])
        {
            Console.WriteLine(line);
        }

        return broken is null ? 0 : 1;
    }
}
