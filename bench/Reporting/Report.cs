using Waybill.Bench.Baselines;
using Waybill.Bench.Running;
using Waybill.Bench.Scenarios;

namespace Waybill.Bench.Reporting;

/// <summary>All figures of one run.</summary>
internal sealed record Report
{
    public required string Scenario { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required Machine Machine { get; init; }
    public required Load Load { get; init; }
    public required Counts Counts { get; init; }
    public required Throughput Throughput { get; init; }
    public required IReadOnlyList<Latencies> Latencies { get; init; }
    public required Cost Cost { get; init; }
    public required BaselineFigures Baseline { get; init; }

    /// <summary>CPU of the three services for one notification, as a multiple of the baseline's for one call.</summary>
    public double CpuToBaseline => Math.Round(Cost.CpuMilliseconds / (Baseline.PacedCpuMillisecondsPerCall ?? Baseline.CpuMillisecondsPerCall), 1);

    /// <summary>Delivered per second, as a share of the baseline's calls per second.</summary>
    public double ThroughputToBaseline => Math.Round(Throughput.DeliveredPerSecond / Baseline.PerSecond, 4);

    public static Report Of(Scenario scenario, LoadResult load, BaselineFigures baseline)
    {
        var counts = Counts.Of(load);

        return new Report
        {
            Scenario = scenario.Name,
            StartedAt = load.StartedAt,
            Machine = Machine.This,
            Load = Load.Of(scenario),
            Counts = counts,
            Throughput = Throughput.Of(load),
            Latencies = Reporting.Latencies.Of(load),
            Cost = Cost.Of(load, counts.Delivered),
            Baseline = baseline,
        };
    }
}
