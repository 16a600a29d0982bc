using System.Diagnostics;

namespace Waybill.Bench.Measuring;

/// <summary>What a process has used since its start, as the operating system tells it.</summary>
/// <param name="CpuMilliseconds">User and system time; on Linux in steps of 10 ms.</param>
/// <param name="PeakMegabytes">The most memory that was resident at a time (VmHWM).</param>
internal sealed record ProcessUse(string Name, double CpuMilliseconds, double PeakMegabytes)
{
    private const double Megabyte = 1024 * 1024;

    public static ProcessUse Read(string name, int processId)
    {
        using var process = Process.GetProcessById(processId);
        return new ProcessUse(name, process.TotalProcessorTime.TotalMilliseconds, process.PeakWorkingSet64 / Megabyte);
    }

    /// <summary>CPU since an earlier reading; the peak is that of the whole life.</summary>
    public ProcessUse Since(ProcessUse earlier) => this with { CpuMilliseconds = CpuMilliseconds - earlier.CpuMilliseconds };
}
