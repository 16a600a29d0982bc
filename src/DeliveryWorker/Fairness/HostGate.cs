namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// Lets calls to one host through. A call that would start shortly waits here; any other goes back with a due time of its own
/// in a calendar that fills at the host's pace, so that a backlog does not come back all at once, nor again and again.
/// </summary>
internal sealed class HostGate(HostLimits limits, SuspectSlots suspects, Random random, TimeProvider clock)
{
    /// <summary>Longest wait here. It must fit into the lease's margin.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan ShortestReturn = TimeSpan.FromSeconds(1);

    /// <summary>As far as the calendar goes; also how soon, at the latest, a recovered host gets its backlog.</summary>
    public static readonly TimeSpan LongestReturn = TimeSpan.FromMinutes(5);

    /// <summary>Share by which a due time is varied upwards.</summary>
    private const double Jitter = 0.2;

    private readonly Lock _gate = new();
    private readonly HostHealth _health = new(limits, clock);
    private readonly LinkedList<TaskCompletionSource<HostPass>> _waiting = new();
    private int _inFlight;
    private DateTimeOffset _reservedUntil;
    private readonly DateTimeOffset _firstUsed = clock.GetUtcNow();
    private DateTimeOffset _lastUsed = clock.GetUtcNow();

    /// <param name="overdue">It waited so long that a pause does not hold it up any more.</param>
    /// <param name="stopping">Ends the wait.</param>
    public async Task<Admission> EnterAsync(bool overdue, CancellationToken stopping)
    {
        TaskCompletionSource<HostPass> turn;

        lock (_gate)
        {
            _lastUsed = clock.GetUtcNow();

            if (MayStart(overdue) && TryTake() is { } pass)
            {
                return new Admission.Granted(pass);
            }

            if (!MayHold())
            {
                return Reserve();
            }

            turn = new TaskCompletionSource<HostPass>();
            _waiting.AddLast(turn);
        }

        return await HoldAsync(turn, stopping);
    }

    internal void Leave(bool suspect, HostSignal signal, TimeSpan duration, TimeSpan? wish)
    {
        if (suspect)
        {
            suspects.GiveBack();
        }

        var admitted = new List<(TaskCompletionSource<HostPass> Turn, HostPass Pass)>();

        lock (_gate)
        {
            _inFlight--;
            _health.Note(signal, duration, wish);

            while (_waiting.First is { } next && MayStart(overdue: false) && TryTake() is { } pass)
            {
                _waiting.RemoveFirst();
                admitted.Add((next.Value, pass));
            }
        }

        // Outside the lock, as those who waited go on from here.
        admitted.ForEach(one => one.Turn.SetResult(one.Pass));
    }

    /// <summary>Nothing is lost by forgetting it.</summary>
    public bool IsForgettable(TimeSpan unused)
    {
        lock (_gate)
        {
            return _inFlight == 0 && _waiting.Count == 0 && !_health.IsProbed && clock.GetUtcNow() - _lastUsed >= unused;
        }
    }

    private bool MayStart(bool overdue) => overdue
        ? _inFlight < Math.Max(_health.Limit, limits.Initial)
        : _inFlight < _health.Limit && _health.PauseLeft == TimeSpan.Zero;

    private HostPass? TryTake()
    {
        var suspect = !_health.Answers;

        if (suspect && !suspects.TryTake())
        {
            return null;
        }

        _inFlight++;
        return new HostPass(this, suspect);
    }

    /// <summary>Worth the wait: the host answers and its turn is near, or it was asked only just now for the first time.</summary>
    private bool MayHold() => _health.Answers
        ? _health.Pace * (_waiting.Count + 1) <= LongestHold
        : _health.IsUnknown && clock.GetUtcNow() - _firstUsed < LongestHold;

    private async Task<Admission> HoldAsync(TaskCompletionSource<HostPass> turn, CancellationToken stopping)
    {
        try
        {
            return new Admission.Granted(await turn.Task.WaitAsync(LongestHold, clock, stopping));
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            lock (_gate)
            {
                if (_waiting.Remove(turn))
                {
                    return Reserve();
                }
            }

            // Its turn came at the same moment.
            return new Admission.Granted(await turn.Task);
        }
    }

    private Admission.Refused Reserve()
    {
        var now = clock.GetUtcNow();
        var earliest = now + Longer(ShortestReturn, _health.PauseLeft);
        var latest = now + LongestReturn;

        var next = _reservedUntil + _health.Pace;
        _reservedUntil = next < earliest ? earliest : next > latest ? latest : next;

        return new Admission.Refused((_reservedUntil - now) * (1 + (Jitter * random.NextDouble())));
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
