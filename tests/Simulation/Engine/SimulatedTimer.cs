using Waybill.Simulation.Processes;

namespace Waybill.Simulation.Engine;

/// <summary>A timer that dies with its process.</summary>
internal sealed class SimulatedTimer(SimulatedProcess process, Action callback) : ITimer
{
    private int _setting;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var setting = ++_setting;

        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            process.After(dueTime, () => Fire(setting, period));
        }

        return true;
    }

    public void Dispose() => _setting++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Fire(int setting, TimeSpan period)
    {
        if (setting != _setting)
        {
            return;
        }

        if (period > TimeSpan.Zero)
        {
            process.After(period, () => Fire(setting, period));
        }

        callback();
    }
}
