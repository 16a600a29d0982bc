namespace Waybill.Simulation.Engine;

/// <summary>
/// Runs everything on one thread: the next event in time runs until nothing is left to run, then time jumps to the one after.
/// Events of the same moment run in an order that the seed decides.
/// </summary>
/// <remarks>
/// No synchronization context: a continuation runs where the task before it ends, which is here. With one,
/// the libraries' <c>ConfigureAwait(false)</c> would hand continuations to the thread pool. <see cref="At"/> notices any that got away.
/// </remarks>
internal sealed class EventLoop(Random random)
{
    private readonly PriorityQueue<Action, (long Ticks, int Tie, long Sequence)> _events = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _sequence;
    private volatile bool _escaped;

    /// <summary>Since the begin of the run; true time, which no process's clock shows exactly.</summary>
    public TimeSpan Now { get; private set; }

    public void At(TimeSpan when, Action action)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _escaped = true;
            throw Escaped();
        }

        var moment = when > Now ? when : Now;
        _events.Enqueue(action, (moment.Ticks, random.Next(), _sequence++));
    }

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <summary>What was planned for the time in between happens then, late.</summary>
    public void LeapTo(TimeSpan moment) => Now = moment > Now ? moment : Now;

    /// <returns>False when there is nothing to run any more.</returns>
    public bool RunNext()
    {
        if (_escaped)
        {
            throw Escaped();
        }

        if (!_events.TryDequeue(out var action, out var priority))
        {
            return false;
        }

        // Later than planned, where time has leapt over it.
        Now = TimeSpan.FromTicks(Math.Max(priority.Ticks, Now.Ticks));
        action();
        return true;
    }

    private static InvalidOperationException Escaped() => new("A continuation left the simulation's thread: the run cannot be repeated.");
}
