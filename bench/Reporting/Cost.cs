using Waybill.Bench.Measuring;
using Waybill.Bench.Running;

namespace Waybill.Bench.Reporting;

/// <summary>What one process took.</summary>
/// <param name="CpuMilliseconds">For each delivered notification.</param>
/// <param name="PeakMegabytes">Of resident memory, since the process started.</param>
/// <param name="AllocatedKilobytes">On the managed heap, for each delivered notification; null where there is none.</param>
internal sealed record ProcessCost(string Name, double CpuMilliseconds, double PeakMegabytes, double? AllocatedKilobytes);

/// <summary>What the load took, from the first post until the last notification was final.</summary>
internal sealed record Cost
{
    private const double Kilobyte = 1024;

    /// <summary>CPU of the three services together, for each delivered notification, in milliseconds.</summary>
    public required double CpuMilliseconds { get; init; }

    public required IReadOnlyList<ProcessCost> Services { get; init; }

    /// <summary>The backends, and the bench itself with load and receiver.</summary>
    public required IReadOnlyList<ProcessCost> Others { get; init; }

    /// <summary>For each delivered notification.</summary>
    public required AwsUse Aws { get; init; }

    public static Cost Of(LoadResult load, int delivered)
    {
        var use = load.Use;
        var each = Math.Max(1.0, delivered);

        return new Cost
        {
            CpuMilliseconds = Math.Round(use.Services.Sum(service => service.CpuMilliseconds) / each, 3),
            Services = [.. use.Services.Zip(use.Totals, (service, totals) => Of(service, each, totals["process.allocated"]))],
            Others = [.. use.Others.Select(other => Of(other, each, null))],
            Aws = AwsUse.Of(use.Totals, each),
        };
    }

    private static ProcessCost Of(ProcessUse use, double each, double? allocated) => new(
        use.Name,
        Math.Round(use.CpuMilliseconds / each, 3),
        Math.Round(use.PeakMegabytes, 1),
        allocated is { } bytes ? Math.Round(bytes / each / Kilobyte, 1) : null);
}
