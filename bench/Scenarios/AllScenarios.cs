namespace Waybill.Bench.Scenarios;

/// <summary>Every scenario, each a file beside this one.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> List { get; } =
    [
        Steady.Scenario,
        Burst.Scenario,
        .. Payloads.Scenarios,
        Retries.Scenario,
        Duplicates.Scenario,
    ];
}
