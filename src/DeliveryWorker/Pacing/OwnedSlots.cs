namespace Waybill.DeliveryWorker.Pacing;

/// <summary>
/// The slots of an endpoint's grid that this worker may use, each once and in their order: its own ones, and those for which it has tickets.
/// Not safe for several threads: <see cref="EndpointPacer"/> guards it.
/// </summary>
internal sealed class OwnedSlots(PaceGrid grid, DateTime now)
{
    private readonly Queue<long> _tickets = new();
    private long _next = grid.FirstAt(now);
    private int _workers = 1;
    private int _rank;

    public PaceGrid Grid => grid;

    /// <summary>Which of the slots are its own from now on.</summary>
    public void Share(int workers, int rank) => (_workers, _rank) = (workers, rank);

    /// <summary>What all workers get, by their number.</summary>
    public double PartPerSecond => grid.PerSecond / _workers;

    /// <summary>Between two of its own.</summary>
    public TimeSpan OwnPace => TimeSpan.FromSeconds(2 * _workers / grid.PerSecond);

    /// <summary>Tickets for that second.</summary>
    public void Add(long second, int first, int count)
    {
        for (var number = first; number < first + count && grid.SlotOf(second, number) is { } slot; number++)
        {
            _tickets.Enqueue(slot);
        }
    }

    /// <summary>Uses a slot that has begun and is not over yet.</summary>
    /// <returns>Which; null for none.</returns>
    public long? TryTake(DateTime now)
    {
        Pass(now);
        var slot = Next;

        if (grid.TimeOf(slot) > now)
        {
            return null;
        }

        _next = slot + 1;
        return slot;
    }

    /// <summary>When the next one begins that is not over yet.</summary>
    public DateTime NextTime(DateTime now)
    {
        Pass(now);
        return grid.TimeOf(Next);
    }

    /// <summary>Those that begin until then, and are not over yet.</summary>
    public long CountUntil(DateTime now, DateTime until)
    {
        Pass(now);
        var end = grid.FirstAt(until);
        return PaceGrid.CountOwn(_next, end, _workers, _rank) + _tickets.Count(slot => slot < end);
    }

    /// <summary>When the next one begins that does not lie before.</summary>
    public DateTime FirstFrom(DateTime time)
    {
        var from = Math.Max(_next, grid.FirstAt(time));
        var own = PaceGrid.NextOwn(from, _workers, _rank);
        return grid.TimeOf(_tickets.Where(slot => slot >= from).Append(own).Min());
    }

    private long Next
    {
        get
        {
            var own = PaceGrid.NextOwn(_next, _workers, _rank);
            return _tickets.TryPeek(out var ticket) && ticket < own ? ticket : own;
        }
    }

    /// <summary>Those that are over are lost.</summary>
    private void Pass(DateTime now)
    {
        _next = Math.Max(_next, grid.FirstAt(now - grid.Lateness));

        while (_tickets.TryPeek(out var ticket) && ticket < _next)
        {
            _tickets.Dequeue();
        }
    }
}
