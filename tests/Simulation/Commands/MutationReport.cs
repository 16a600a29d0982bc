using Waybill.Simulation.Mutations;

namespace Waybill.Simulation.Commands;

internal static class MutationReport
{
    private static string Line(string? finding) => finding is null ? "NOT FOUND" : finding.Split('\n')[0];

    public static int Run()
    {
        var survivals = AllMutations.List.Select(mutation => Survival.Of(mutation, AllMutations.MostSeeds)).ToList();

        foreach (var survival in survivals)
        {
            Console.WriteLine($"{survival.Seeds,6} seeds: {survival.Mutation.Name}: {Line(survival.Finding)}");
        }

        return survivals.TrueForAll(survival => survival.Finding is not null) ? 0 : 1;
    }
}
