namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// Lets calls to one host through. A claimed delivery whose call would start shortly waits here; any other goes back with a due time
/// from the <see cref="ReturnCalendar"/>.
/// </summary>
internal sealed class HostGate : IDisposable
{
    /// <summary>
    /// Longest wait here. It must fit into the lease's margin, and is longer than the Dispatcher's usual interval, so that a paced
    /// host has calls waiting from one of its passes to the next.
    /// </summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(2);

    /// <summary>How soon to look again where another host's call must end first.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly WorkerSlots _slots;
    private readonly TimeProvider _clock;
    private readonly HostHealth _health;
    private readonly ReturnCalendar _calendar;
    private readonly ITimer _timer;
    private readonly LinkedList<TaskCompletionSource<HostPass>> _waiting = new();

    public HostGate(HostLimits limits, WorkerSlots slots, Random random, TimeProvider clock)
    {
        _slots = slots;
        _clock = clock;
        _health = new HostHealth(limits, random, clock);
        _calendar = new ReturnCalendar(random, clock);
        _timer = clock.CreateTimer(_ => Admit(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Line = new HostLine(_health, slots, _gate, clock);
    }

    /// <summary>Before the claim.</summary>
    public HostLine Line { get; }

    /// <summary>A call to it may hang.</summary>
    public bool IsSuspect
    {
        get
        {
            lock (_gate)
            {
                return _health.IsSuspect;
            }
        }
    }

    /// <param name="overdue">It waited so long that a pause does not hold it up any more.</param>
    public async Task<Admission> EnterAsync(bool overdue)
    {
        TaskCompletionSource<HostPass> turn;

        lock (_gate)
        {
            // Nobody overtakes those who wait.
            if ((_waiting.Count == 0 || overdue) && TryStart(overdue) is { } pass)
            {
                return new Admission.Granted(pass);
            }

            if (!IsWorthTheWait())
            {
                return Refuse();
            }

            turn = new TaskCompletionSource<HostPass>();
            _waiting.AddLast(turn);
            SetTimer();
        }

        return await HoldAsync(turn);
    }

    public void Leave(HostCall call, HostReport report)
    {
        _slots.Calls.GiveBack(call.Suspect);
        NoteMove(call.Suspect);

        lock (_gate)
        {
            _health.End(call, report);
        }

        Admit();
        Line.Move();
    }

    /// <summary>Somebody waits here, or a call is under way.</summary>
    public bool IsInUse
    {
        get
        {
            lock (_gate)
            {
                return _health.InFlight > 0 || _waiting.Count > 0 || Line.IsInUse;
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Lets those through whose turn has come.</summary>
    private void Admit()
    {
        var admitted = new List<(TaskCompletionSource<HostPass> Turn, HostPass Pass)>();

        lock (_gate)
        {
            while (_waiting.First is { } next && TryStart(overdue: false) is { } pass)
            {
                _waiting.RemoveFirst();
                admitted.Add((next.Value, pass));
            }

            SetTimer();
        }

        // Outside the lock, as those who waited go on from here.
        admitted.ForEach(one => one.Turn.SetResult(one.Pass));
    }

    private HostPass? TryStart(bool overdue)
    {
        var suspect = _health.IsSuspect;

        if (!_health.MayStart(overdue) || !_slots.Calls.TryTake(suspect))
        {
            return null;
        }

        NoteMove(suspect);
        return new HostPass(this, _health.Start());
    }

    private void NoteMove(bool suspect)
    {
        if (suspect)
        {
            _slots.NoteSuspectsMove(_clock);
        }
    }

    /// <summary>The end of a call to this host looks by itself; the timer is for what only time brings.</summary>
    private void SetTimer()
    {
        if (_waiting.Count > 0 && _health.InFlight < _health.Limit)
        {
            _timer.Change(_health.UntilNext > TimeSpan.Zero ? _health.UntilNext : LookAgain, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The host answers and its turn is near, or it has not been able to answer yet.</summary>
    private bool IsWorthTheWait()
    {
        if (_waiting.Count >= _slots.MostWaitingPerHost || _health.IsProbed || _health.PauseLeft > TimeSpan.Zero)
        {
            return false;
        }

        // Its calls and those of others hang: what waits for them would keep from a claim what could go out.
        if (_health.IsSuspect && _slots.SuspectsAreStuck(_clock))
        {
            return false;
        }

        return _health.IsUnknown || (_health.Answers && _health.UntilNext + (_health.Pace * _waiting.Count) <= LongestHold);
    }

    private async Task<Admission> HoldAsync(TaskCompletionSource<HostPass> turn)
    {
        if (!await Turn.ComesAsync(turn.Task, LongestHold, _clock, CancellationToken.None))
        {
            lock (_gate)
            {
                if (_waiting.Remove(turn))
                {
                    return Refuse();
                }
            }
        }

        // If not in time, it came at the same moment.
        return new Admission.Granted(await turn.Task);
    }

    private Admission.Refused Refuse() => new(DueIn(), _health.WaitingReason);

    private TimeSpan DueIn() => _health switch
    {
        { IsUnknown: true } => _calendar.Soon(_health.UnwellFor),
        { Answers: true, IsProbed: false } => _calendar.AtPace(_health.Pace, _health.PauseLeft),
        _ => _calendar.AnyTime(_health.UnwellFor, _health.RoomIn),
    };
}
