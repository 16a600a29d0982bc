namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// When a notification that cannot be called now is to come back: spread over the time when room is expected, so that a
/// backlog comes back neither all at once nor again and again.
/// Not safe for several threads: <see cref="HostGate"/> guards it.
/// </summary>
internal sealed class ReturnCalendar(Random random, TimeProvider clock)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>As far as the calendar goes for a host that answers.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The longest away from a host that fails, and so how soon, at the latest, a recovered host gets its backlog. Each return costs writes.
    /// </summary>
    public static readonly TimeSpan LongestUnwell = TimeSpan.FromMinutes(10);

    /// <summary>The shortest stretch for a host that fails.</summary>
    private static readonly TimeSpan Unproven = TimeSpan.FromSeconds(10);

    /// <summary>How far ahead returns lie, in times for which the host has been unwell: so there are few of them, however long it is.</summary>
    private const int Stretch = 4;

    /// <summary>More than the host takes is called back, as some will be elsewhere by then: a host never waits for its backlog.</summary>
    private const double Overbooking = 1.3;

    /// <summary>Share by which a due time is varied upwards.</summary>
    private const double Jitter = 0.1;

    private readonly PriorityQueue<TimeSpan, TimeSpan> _given = new();
    private TimeSpan _reservedUntil;
    private TimeSpan _probeAt;

    private TimeSpan Now => clock.GetElapsedTime(0);

    /// <summary>Places at a pace that are still ahead.</summary>
    public int Given
    {
        get
        {
            while (_given.TryPeek(out var next, out _) && next <= Now)
            {
                _given.Dequeue();
            }

            return _given.Count;
        }
    }

    /// <summary>To a host that takes one call every <paramref name="pace"/>: one place after the other.</summary>
    /// <param name="pauseLeft">Before that there is no room.</param>
    public TimeSpan AtPace(TimeSpan pace, TimeSpan pauseLeft)
    {
        var earliest = Longer(Shortest, pauseLeft);
        var place = pace / Overbooking;

        // Places given while the host was slower lie too far ahead: those who come now need not stand behind them.
        var next = Shorter(_reservedUntil + place - Now, earliest + (place * Given));
        var due = next < earliest ? earliest : Shorter(next, Longest);
        _reservedUntil = Now + due;
        _given.Enqueue(_reservedUntil, _reservedUntil);

        return Vary(due);
    }

    /// <summary>To a host of which nothing is known yet: after as long again as it has been silent, a second at least.</summary>
    public TimeSpan Soon(TimeSpan silentFor) => Shorter(Longer(silentFor, Vary(Shortest)), Unproven);

    /// <summary>
    /// To a host that does not do well: one comes back for the next probe, the others in the second half of a stretch that is several
    /// times as long as it has been unwell for.
    /// </summary>
    /// <param name="roomIn">Before that no call can begin.</param>
    public TimeSpan AnyTime(TimeSpan unwellFor, TimeSpan roomIn)
    {
        var earliest = Longer(Shortest, roomIn);

        if (_probeAt <= Now)
        {
            _probeAt = Now + earliest;
            return Vary(earliest);
        }

        var stretch = Shorter(Longer(unwellFor * Stretch, Unproven), LongestUnwell);
        return Longer(earliest, stretch * (1 + random.NextDouble()) / 2);
    }

    private TimeSpan Vary(TimeSpan due) => due * (1 + (Jitter * random.NextDouble()));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
