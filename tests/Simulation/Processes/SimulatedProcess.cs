using Waybill.Simulation.Engine;

namespace Waybill.Simulation.Processes;

/// <summary>
/// One life of a process. When it crashes, nothing it waited for ever continues; its successor is another object.
/// While it is frozen (SIGSTOP) everything it waits for waits longer.
/// </summary>
internal sealed class SimulatedProcess
{
    private readonly EventLoop _loop;
    private readonly List<Action> _whenEnded = [];
    private TimeSpan _frozenUntil;

    public SimulatedProcess(string name, EventLoop loop, TimeSpan skew)
    {
        Name = name;
        _loop = loop;
        Skew = skew;
        Clock = new SimulatedClock(loop, this);
    }

    public string Name { get; }

    public Release Release { get; init; }

    /// <summary>How much its wall clock is ahead, at most a second either way.</summary>
    public TimeSpan Skew { get; set; }

    public SimulatedClock Clock { get; }

    public bool IsAlive { get; private set; } = true;

    public bool IsFrozen => _frozenUntil > _loop.Now;

    /// <summary>Operations that it waits for.</summary>
    public int Pending { get; private set; }

    public void After(TimeSpan delay, Action action) => _loop.After(delay, () => Run(action));

    /// <summary>Runs when the process ends, whichever way: sockets close even after SIGKILL.</summary>
    public void WhenEnded(Action action) => _whenEnded.Add(action);

    /// <summary>Counts a task until it ends.</summary>
    public void WaitsFor(Task task)
    {
        Pending++;
        task.ContinueWith(_ => Pending--, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public void Freeze(TimeSpan length) => _frozenUntil = _loop.Now + length;

    public void End()
    {
        IsAlive = false;
        _whenEnded.ForEach(action => action());
    }

    private void Run(Action action)
    {
        if (!IsAlive)
        {
            return;
        }

        if (IsFrozen)
        {
            _loop.At(_frozenUntil, () => Run(action));
            return;
        }

        action();
    }
}
