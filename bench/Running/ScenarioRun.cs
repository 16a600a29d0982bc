using Waybill.Bench.Baselines;
using Waybill.Bench.Receiving;
using Waybill.Bench.Reporting;
using Waybill.Bench.Scenarios;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Running;

/// <summary>One run of a scenario: a fresh Waybill, the baseline, the warm-up, the load.</summary>
internal static class ScenarioRun
{
    public static async Task<Report> RunAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        await using var receiver = await Receiver.StartAsync(scenario.Hosts, scenario.Answer);
        await using var waybill = await WaybillUnderTest.StartAsync(scenario.Backend, scenario.Workers, scenario.Settings, cancellationToken, scenario.Stored);

        var load = new LoadRun(waybill, receiver, scenario);

        if (scenario.WarmUp > 0)
        {
            await load.RunAsync("warm-up", scenario.WarmUp, perSecond: null, cancellationToken);
        }

        var result = await load.RunAsync("measured", scenario.Count, scenario.PerSecond, cancellationToken);
        var baseline = await Baseline.MeasureAsync(receiver, scenario, cancellationToken);

        return Report.Of(scenario, result, baseline);
    }
}
