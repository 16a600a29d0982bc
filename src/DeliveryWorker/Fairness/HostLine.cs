namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// Where deliveries to one host wait before they are claimed: there they cost nothing but a place in this process, and come on as soon
/// as those before them are through. Only for a host that does well or is new: for any other it is known only after the
/// claim whether a notification may wait at all.
/// </summary>
internal sealed class HostLine(HostHealth health, WorkerSlots slots, Lock gate, TimeProvider clock)
{
    /// <summary>
    /// Longest wait here; shorter than the time after which the Dispatcher sends a notification again. Who would wait longer, or did,
    /// is claimed and given back, so that a slow host does not fill the worker.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a host counts as fast, whatever its calls take: the first ones connect, and compile this process. Also the longest wait of
    /// those for whom there is no place in line, as they keep others from being received.
    /// </summary>
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(2);

    /// <summary>A line that moves so fast may be as long as it likes.</summary>
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(1);

    /// <summary>What a claim and the record of a result take of a worker that is busy: meanwhile the host is to have calls that follow.</summary>
    private static readonly TimeSpan Handling = TimeSpan.FromMilliseconds(200);

    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private readonly long _created = clock.GetTimestamp();
    private int _ahead;

    /// <summary>Somebody is in line, or on from here. Under the gate's lock.</summary>
    public bool IsInUse => _ahead > 0 || _waiting.Count > 0;

    /// <summary>
    /// Those on from here that are worth a claim: the calls under way, and what follows them at once. That is as many again, or what the
    /// host takes while a notification is claimed and recorded: so its pace is that of its calls, and not that of this worker.
    /// </summary>
    private int Room => health switch
    {
        { PerSecond: { } rate } => Math.Min(2 * health.Limit, (int)Math.Ceiling(rate)),
        { IsSuspect: true } => health.Limit,
        _ => health.Limit + (int)Math.Clamp(Handling / health.Pace, health.Limit, Math.Max(health.Limit, slots.MostWaitingPerHost)),
    };

    private bool IsOpen => !health.IsProbed && health.PauseLeft == TimeSpan.Zero && (health.IsUnknown || health.Answers);

    /// <summary>It takes what comes, as far as is known; what waits for it is soon through.</summary>
    private bool IsFast =>
        health.PerSecond is null && (clock.GetElapsedTime(_created) < Start || (!health.IsUnknown && health.Pace * _waiting.Count < Fast));

    /// <returns>False when the worker stops before its turn has come. Otherwise <see cref="Leave"/> is due once it is over.</returns>
    public async Task<bool> PassAsync(CancellationToken stopping)
    {
        TaskCompletionSource turn;
        bool suspect;
        bool hasPlace;

        lock (gate)
        {
            suspect = health.IsSuspect;

            if ((_waiting.Count == 0 && _ahead < Room) || !IsOpen)
            {
                _ahead++;
                return true;
            }

            hasPlace = IsWorthAPlace() && slots.Line.TryTake(suspect);

            if (!hasPlace && !IsFast)
            {
                _ahead++;
                return true;
            }

            turn = new TaskCompletionSource();
            _waiting.AddLast(turn);
        }

        try
        {
            return await Turn.ComesAsync(turn.Task, hasPlace ? LongestWait : Start, clock, stopping) || GoOn(turn, stopping);
        }
        finally
        {
            if (hasPlace)
            {
                slots.Line.GiveBack(suspect);
            }
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            _ahead--;
        }

        Move();
    }

    /// <summary>Lets those on for whom there is room; all, when the host is no longer worth the wait.</summary>
    public void Move()
    {
        var next = new List<TaskCompletionSource>();

        lock (gate)
        {
            while (_waiting.First is { } first && (_ahead < Room || !IsOpen))
            {
                _waiting.RemoveFirst();
                _ahead++;
                next.Add(first.Value);
            }
        }

        // Outside the lock, as those who waited go on from here.
        next.ForEach(turn => turn.SetResult());
    }

    private bool IsWorthAPlace() => _waiting.Count < slots.MostInLinePerHost && (IsFast || health.Pace * _waiting.Count <= LongestWait);

    private bool GoOn(TaskCompletionSource turn, CancellationToken stopping)
    {
        lock (gate)
        {
            if (!_waiting.Remove(turn))
            {
                // Its turn came at the same moment.
                return true;
            }

            if (stopping.IsCancellationRequested)
            {
                return false;
            }

            _ahead++;
            return true;
        }
    }
}
