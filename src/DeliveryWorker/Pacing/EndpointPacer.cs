using Waybill.DeliveryWorker.Fairness;
using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Pacing;

/// <summary>
/// Lets this worker's calls to one endpoint with a rate of its own through, each at a slot of the endpoint's grid. Deliveries wait in line until a slot comes near, are claimed, and wait for
/// the slot with what was claimed beside them: it is used by whoever is ready then.
/// </summary>
internal sealed class EndpointPacer : IDisposable
{
    /// <summary>How long before a slot somebody for it is claimed, so that a claim that takes a while misses none.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait for a slot once it is claimed.</summary>
    private static readonly TimeSpan LongestHold = HostGate.LongestHold;

    /// <summary>A line that moves so fast may be as long as it likes.</summary>
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(1);

    /// <summary>
    /// So many own slots are waited for before a ticket is asked for: what comes below a third of the rate does not fall behind them by more but once in a thousand times, and not
    /// for <see cref="Steadily"/>.
    /// </summary>
    private const int Patience = 8;

    /// <summary>For how long more must wait than that: ten messages that come at a time, as the queue gives them, are no load yet.</summary>
    private static readonly TimeSpan Steadily = TimeSpan.FromSeconds(1);

    /// <summary>Times as many are a backlog at once.</summary>
    private const int FarMore = 3;

    private static readonly TimeSpan ShortestPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Shorter than the longest wait in line.</summary>
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(8);

    /// <summary>How long before a second its tickets are asked for at the latest, and how much earlier at most: each second it is another worker that asks first.</summary>
    private static readonly TimeSpan LatestAsk = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan AskSpread = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly WorkerSlots _slots;
    private readonly PaceClock _time;
    private readonly Func<TicketsRequest, Task<TicketsResponse?>> _ask;
    private readonly Random _random;
    private readonly TimeProvider _clock;
    private readonly ReturnCalendar _calendar;
    private readonly ITimer _timer;
    private readonly LinkedList<TaskCompletionSource> _line = new();
    private readonly LinkedList<TaskCompletionSource<DateTime>> _ready = new();
    private OwnedSlots _owned;

    /// <summary>On from the line, and without a slot yet.</summary>
    private int _ahead;

    /// <summary>The second whose tickets are asked for next, or were just now, and from when on they are.</summary>
    private long _second;
    private DateTime _askAt;
    private bool _asked;

    /// <summary>Since when more wait than the own slots carry; null while they do.</summary>
    private DateTime? _shortSince;

    /// <param name="pace">As the first claim's answer says it.</param>
    /// <param name="ask">Takes tickets; null where there are none now.</param>
    public EndpointPacer(EndpointPace pace, WorkerSlots slots, PaceClock time, Func<TicketsRequest, Task<TicketsResponse?>> ask, Random random, TimeProvider clock)
    {
        (_slots, _time, _ask, _random, _clock) = (slots, time, ask, random, clock);
        _calendar = new ReturnCalendar(random, clock);
        _timer = clock.CreateTimer(_ => Move(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _owned = new OwnedSlots(new PaceGrid(pace.MaxPerSecond), time.Now);
        _owned.Share(pace.Workers, pace.Rank);
    }

    /// <summary>Somebody waits here, or was let on.</summary>
    public bool IsInUse
    {
        get
        {
            lock (_gate)
            {
                return _ahead > 0 || _line.Count > 0;
            }
        }
    }

    /// <summary>Its owner has not taken the rate away.</summary>
    public bool HasRate { get; private set; } = true;

    /// <summary>What a claim's answer says; another rate begins with the next slot.</summary>
    /// <param name="pace">Null where it has no rate any more.</param>
    public void Learn(EndpointPace? pace)
    {
        lock (_gate)
        {
            HasRate = pace is not null;
            Adopt(pace);
        }

        Move();
    }

    private void Adopt(EndpointPace? pace)
    {
        if (pace is null)
        {
            return;
        }

        if (_owned.Grid.MaxPerSecond != pace.MaxPerSecond)
        {
            _owned = new OwnedSlots(new PaceGrid(pace.MaxPerSecond), _time.Now);
        }

        _owned.Share(pace.Workers, pace.Rank);
    }

    /// <summary>Waits until a slot is near, which is the time to claim.</summary>
    /// <returns>
    /// Null when the worker stops before. False: no slot comes soon, and what is claimed is to be given back. True: <see cref="SlotAsync"/> or <see cref="Leave"/> is due.
    /// </returns>
    public async Task<bool?> PassAsync(CancellationToken stopping)
    {
        TaskCompletionSource turn;
        bool hasPlace;

        lock (_gate)
        {
            var wait = TimeSpan.FromSeconds((_line.Count + _ahead) / _owned.PartPerSecond);

            // As those who wait for hosts that may hang: together they take half of all places.
            hasPlace = wait <= HostLine.LongestWait && _line.Count < _slots.MostInLinePerHost && _slots.Line.TryTake(suspect: true);

            if (!hasPlace && wait > Fast)
            {
                return false;
            }

            turn = new TaskCompletionSource();
            _line.AddLast(turn);
        }

        Move();

        try
        {
            if (await Turn.ComesAsync(turn.Task, hasPlace ? HostLine.LongestWait : HostLine.Start, _clock, stopping) || IsOn(turn))
            {
                return true;
            }

            return stopping.IsCancellationRequested ? null : false;
        }
        finally
        {
            if (hasPlace)
            {
                _slots.Line.GiveBack(suspect: true);
            }
        }
    }

    /// <summary>One that is claimed already and has no slot ahead is let on, if one may come in time.</summary>
    /// <param name="overtaking">Whether before those in line: it has waited there.</param>
    public bool TryJoin(bool overtaking)
    {
        lock (_gate)
        {
            var now = _time.Now;

            if (_owned.CountUntil(now, now + LongestHold) <= _ahead + (overtaking ? 0 : _line.Count))
            {
                return false;
            }

            _ahead++;
            return true;
        }
    }

    /// <summary>Waits for a slot with what is claimed.</summary>
    /// <returns>Until when the call may start; null when none came in time. Either way it is not ahead any more.</returns>
    public async Task<DateTime?> SlotAsync()
    {
        var slot = new TaskCompletionSource<DateTime>();

        lock (_gate)
        {
            _ready.AddLast(slot);
        }

        Move();

        if (!await Turn.ComesAsync(slot.Task, LongestHold, _clock, CancellationToken.None))
        {
            lock (_gate)
            {
                if (_ready.Remove(slot))
                {
                    _ahead--;
                    return null;
                }
            }
        }

        // If not in time, it came at the same moment.
        return await slot.Task;
    }

    /// <summary>Whether a call may start that could not in its own time.</summary>
    /// <param name="until">When that ended.</param>
    public bool IsInTime(DateTime until)
    {
        lock (_gate)
        {
            var now = _time.Now;
            return now <= until || _owned.TryTake(now) is not null;
        }
    }

    /// <summary>It was let on, and needs no slot.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _ahead--;
        }

        Move();
    }

    /// <summary>After how long a notification for which there is no slot soon is to come back.</summary>
    public TimeSpan DueIn()
    {
        lock (_gate)
        {
            var pace = TimeSpan.FromSeconds(1 / _owned.PartPerSecond);

            // Halfway through those who wait here already.
            return _calendar.AtPace(pace, pace * (_line.Count + _ahead) / 2);
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Gives slots that have begun to those who are ready, lets on as many as slots are near, and asks for tickets where the own slots are not enough.</summary>
    private void Move()
    {
        var ended = new List<Action>();
        TicketsRequest? request;

        lock (_gate)
        {
            var now = _time.Now;
            GiveSlots(now, ended);
            LetOn(now, ended);
            request = WhatToAsk(now);
            SetTimer(now);
        }

        // Outside the lock, as those who waited go on from here.
        ended.ForEach(wait => wait());

        if (request is not null)
        {
            _ = AskAsync(request);
        }
    }

    private void GiveSlots(DateTime now, List<Action> ended)
    {
        while (_ready.First is { } next && _owned.TryTake(now) is { } slot)
        {
            _ready.RemoveFirst();
            _ahead--;
            var until = _owned.Grid.TimeOf(slot) + _owned.Grid.Lateness;
            ended.Add(() => next.Value.SetResult(until));
        }
    }

    private void LetOn(DateTime now, List<Action> ended)
    {
        if (_line.Count == 0)
        {
            return;
        }

        for (var free = HasRate ? _owned.CountUntil(now, now + Ahead) - _ahead : _line.Count; free > 0 && _line.First is { } next; free--)
        {
            _line.RemoveFirst();
            _ahead++;
            ended.Add(next.Value.SetResult);
        }
    }

    private TicketsRequest? WhatToAsk(DateTime now)
    {
        var next = PaceGrid.SecondOf(now) + 1;

        if (next != _second)
        {
            (_second, _asked) = (next, false);
            _askAt = PaceGrid.StartOf(next) - LatestAsk - (AskSpread * _random.NextDouble());
        }

        _shortSince = ShortSince(now);

        if (_asked || now < _askAt || now > PaceGrid.StartOf(next) - LatestAsk || now < _shortSince + Steadily || _shortSince is null)
        {
            return null;
        }

        var missing = _line.Count + _ahead - _owned.CountUntil(now, PaceGrid.StartOf(next + 1));
        var count = (int)Math.Min(missing, _owned.Grid.TicketsIn(next));
        _asked = count > 0;

        return _asked ? new TicketsRequest(next, count) : null;
    }

    /// <summary>Since when more wait than the own slots carry within the time that is waited for them; null while they do. Of far more it is no question.</summary>
    private DateTime? ShortSince(DateTime now)
    {
        var waiting = _line.Count + _ahead;

        if (waiting == 0)
        {
            return null;
        }

        var patience = _owned.OwnPace * Patience;
        var carried = _owned.CountUntil(now, now + (patience < ShortestPatience ? ShortestPatience : patience > LongestPatience ? LongestPatience : patience));

        if (waiting <= carried)
        {
            return null;
        }

        return waiting > FarMore * carried ? now - Steadily : _shortSince ?? now;
    }

    private async Task AskAsync(TicketsRequest request)
    {
        if (await _ask(request) is not { } answer)
        {
            return;
        }

        lock (_gate)
        {
            _owned.Add(request.Second, answer.First, request.Count);
        }

        Move();
    }

    private void SetTimer(DateTime now)
    {
        DateTime? next = _ready.Count > 0 ? _owned.NextTime(now) : null;

        if (_line.Count > 0)
        {
            next = Earlier(next, _owned.FirstFrom(now + Ahead) - Ahead);
        }

        if (_line.Count + _ahead > 0)
        {
            next = Earlier(next, _askAt > now ? _askAt : PaceGrid.StartOf(_second));
        }

        if (next is { } time)
        {
            // In whole milliseconds, as timers go, and not before the time.
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((time - now).TotalMilliseconds))), Timeout.InfiniteTimeSpan);
        }
    }

    private static DateTime Earlier(DateTime? one, DateTime other) => one is { } time && time < other ? time : other;

    /// <summary>Whether its turn came at the moment when its wait ended; otherwise it waits no more.</summary>
    private bool IsOn(TaskCompletionSource turn)
    {
        lock (_gate)
        {
            return !_line.Remove(turn);
        }
    }
}
