using Waybill.Simulation.Processes;

namespace Waybill.Simulation.Engine;

/// <summary>One process's clocks: a wall clock that is off by some, and a monotonic one that is right.</summary>
internal sealed class SimulatedClock(EventLoop loop, SimulatedProcess process) : TimeProvider
{
    /// <summary>Seconds before an hour ends, so that what is sorted by hours meets its turn.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 59, 54, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + loop.Now + process.Skew;

    public override long GetTimestamp() => loop.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(process, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }
}
