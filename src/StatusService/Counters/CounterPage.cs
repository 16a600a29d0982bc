namespace Waybill.StatusService.Counters;

/// <summary>What one process has counted in one piece of time.</summary>
internal sealed class CounterPage(CounterPage.PageKey key)
{
    private readonly Tally _tally = new();
    private long _changes;
    private long _written;

    public PageKey Key => key;

    public bool IsChanged => _changes > _written;

    public void Count(Action<Tally> count)
    {
        count(_tally);
        _changes++;
    }

    /// <summary>All that was counted until now, to be written.</summary>
    public CounterWrite Next()
    {
        var copy = new Tally();
        copy.Add(_tally);
        return new CounterWrite(key, copy, _changes);
    }

    public void Written(long number) => _written = Math.Max(_written, number);

    /// <param name="Owner">Null for all.</param>
    internal readonly record struct PageKey(string? Owner, CounterPeriod Period, DateTimeOffset Start)
    {
        public DateTimeOffset End => Start + Period.Length;
    }
}

/// <param name="Number">Greater with each later write of the same piece.</param>
internal sealed record CounterWrite(CounterPage.PageKey Key, Tally Tally, long Number);
