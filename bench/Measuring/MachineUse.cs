using System.Globalization;

namespace Waybill.Bench.Measuring;

/// <summary>What all processes of the machine have used of its cores since it started, as Linux tells it; nothing elsewhere.</summary>
/// <param name="Busy">Seconds of CPU, of all cores together.</param>
/// <param name="All">The same, with those in which a core had nothing to do.</param>
internal sealed record MachineUse(double Busy, double All)
{
    private const string Source = "/proc/stat";
    private const double TicksPerSecond = 100;
    private const int Idle = 3;
    private const int WaitingForDisk = 4;

    /// <summary>User, nice, system, idle, iowait, irq, softirq, steal; what follows is counted in them already.</summary>
    private const int Kinds = 8;

    public static MachineUse Read()
    {
        if (!File.Exists(Source))
        {
            return new MachineUse(0, 0);
        }

        var ticks = File.ReadLines(Source).First()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Take(Kinds)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture))
            .ToList();

        var all = ticks.Sum();
        return new MachineUse((all - ticks[Idle] - ticks[WaitingForDisk]) / TicksPerSecond, all / TicksPerSecond);
    }

    public MachineUse Since(MachineUse earlier) => new(Busy - earlier.Busy, All - earlier.All);
}
