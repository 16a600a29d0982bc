using Waybill.Simulation.Mutations;

namespace Waybill.Simulation.Commands;

internal static class MutationReport
{
    /// <param name="about">Only bugs whose name has this in it, or that are looked for in runs of that name.</param>
    public static int Run(string about = "")
    {
        var isEachFound = true;

        foreach (var mutation in AllMutations.List.Where(mutation => mutation.Theme == about || mutation.Name.Contains(about, StringComparison.Ordinal)))
        {
            var survival = Survival.Of(mutation, AllMutations.Seeds);
            var survived = survival.FoundBy - 1 ?? AllMutations.MostSeeds;
            Console.WriteLine($"{survived,6} seeds survived: {mutation.Name}: {Line(survival.Finding)}");
            isEachFound &= survival.FoundBy is not null;
        }

        return isEachFound ? 0 : 1;
    }

    private static string Line(string? finding) => finding is null ? "NOT FOUND" : finding.Split('\n')[0];
}
