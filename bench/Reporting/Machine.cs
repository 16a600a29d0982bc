using System.Runtime.InteropServices;

namespace Waybill.Bench.Reporting;

/// <summary>Where the figures were taken.</summary>
internal sealed record Machine(int Cores, double MemoryGigabytes, string System, string Runtime, string Configuration)
{
    private const double Gigabyte = 1024.0 * 1024 * 1024;

    public static Machine This { get; } = new(
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gigabyte, 1),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name);
}
