namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// Lets calls to one host through. A call that would start shortly waits here; any other goes back with a due time from the
/// <see cref="ReturnCalendar"/>.
/// </summary>
internal sealed class HostGate : IDisposable
{
    /// <summary>
    /// Longest wait here. It must fit into the lease's margin, and is longer than the Dispatcher's usual interval, so that a paced
    /// host has calls waiting from one of its passes to the next.
    /// </summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(2);

    /// <summary>How long calls wait for the first answer of a host that is new.</summary>
    private static readonly TimeSpan Introduction = TimeSpan.FromSeconds(1);

    /// <summary>How soon to look again where another host's call must end first.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly WorkerSlots _slots;
    private readonly TimeProvider _clock;
    private readonly HostHealth _health;
    private readonly ReturnCalendar _calendar;
    private readonly ITimer _timer;
    private readonly LinkedList<TaskCompletionSource<HostPass>> _waiting = new();
    private readonly long _created;
    private long _lastUsed;

    public HostGate(HostLimits limits, WorkerSlots slots, Random random, TimeProvider clock)
    {
        _slots = slots;
        _clock = clock;
        _health = new HostHealth(limits, random, clock);
        _calendar = new ReturnCalendar(random, clock);
        _timer = clock.CreateTimer(_ => Admit(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _created = _lastUsed = clock.GetTimestamp();
    }

    /// <param name="overdue">It waited so long that a pause does not hold it up any more.</param>
    /// <param name="stopping">Ends the wait.</param>
    public async Task<Admission> EnterAsync(bool overdue, CancellationToken stopping)
    {
        TaskCompletionSource<HostPass> turn;

        lock (_gate)
        {
            _lastUsed = _clock.GetTimestamp();

            // Nobody overtakes those who wait.
            if ((_waiting.Count == 0 || overdue) && TryStart(overdue) is { } pass)
            {
                return new Admission.Granted(pass);
            }

            if (!IsWorthTheWait() || !_slots.Waiting.TryTake())
            {
                return Refuse();
            }

            turn = new TaskCompletionSource<HostPass>();
            _waiting.AddLast(turn);
            SetTimer();
        }

        try
        {
            return await HoldAsync(turn, stopping);
        }
        finally
        {
            _slots.Waiting.GiveBack();
        }
    }

    public void Leave(HostCall call, HostReport report)
    {
        _slots.GiveBackCall(call.Suspect);

        lock (_gate)
        {
            _health.End(call, report);
        }

        Admit();
    }

    /// <summary>Nothing is lost by forgetting it.</summary>
    public bool IsForgettable(TimeSpan unused)
    {
        lock (_gate)
        {
            return _health.InFlight == 0 && _waiting.Count == 0 && !_health.IsProbed && _clock.GetElapsedTime(_lastUsed) >= unused;
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

    private HostPass? TryStart(bool overdue) => _health.MayStart(overdue) && _slots.TryTakeCall(_health.IsSuspect)
        ? new HostPass(this, _health.Start())
        : null;

    /// <summary>The end of a call to this host looks by itself; the timer is for what only time brings.</summary>
    private void SetTimer()
    {
        if (_waiting.Count > 0 && _health.InFlight < _health.Limit)
        {
            _timer.Change(_health.UntilNext > TimeSpan.Zero ? _health.UntilNext : LookAgain, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The host answers and its turn is near, or it was asked only just now for the first time.</summary>
    private bool IsWorthTheWait()
    {
        if (_waiting.Count >= _slots.MostWaitingPerHost || _health.IsProbed || _health.PauseLeft > TimeSpan.Zero)
        {
            return false;
        }

        return _health.Answers
            ? _health.UntilNext + (_health.Pace * _waiting.Count) <= LongestHold
            : _health.IsUnknown && _clock.GetElapsedTime(_created) < Introduction;
    }

    private async Task<Admission> HoldAsync(TaskCompletionSource<HostPass> turn, CancellationToken stopping)
    {
        try
        {
            return new Admission.Granted(await turn.Task.WaitAsync(LongestHold, _clock, stopping));
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            lock (_gate)
            {
                if (_waiting.Remove(turn))
                {
                    return Refuse();
                }
            }

            // Its turn came at the same moment.
            return new Admission.Granted(await turn.Task);
        }
    }

    private Admission.Refused Refuse() => new(_health.Answers && !_health.IsProbed
        ? _calendar.AtPace(_health.Pace, _health.PauseLeft)
        : _calendar.AnyTime(_health.UnwellFor, _health.RoomIn));
}
