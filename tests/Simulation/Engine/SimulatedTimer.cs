using Waybill.Simulation.Processes;

namespace Waybill.Simulation.Engine;

/// <summary>A timer that dies with its process.</summary>
internal sealed class SimulatedTimer(SimulatedProcess process, Action callback) : ITimer
{
    private int _setting;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
        {
            throw new NotSupportedException("No simulated process uses a periodic timer.");
        }

        var setting = ++_setting;

        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            process.After(dueTime, () => Fire(setting));
        }

        return true;
    }

    public void Dispose() => _setting++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Fire(int setting)
    {
        if (setting == _setting)
        {
            callback();
        }
    }
}
