namespace Waybill.StatusService.Counters;

/// <summary>What this process has counted and not yet written down, or not for the last time.</summary>
internal sealed class CounterBook(TimeProvider time)
{
    /// <summary>How long a piece is kept after its end: a clock that is set back would begin it anew, and write over what is stored.</summary>
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<CounterPage.PageKey, CounterPage> _pages = [];

    /// <summary>Counts for an owner, and for all, in the minute and in the hour that it is.</summary>
    public void Count(string owner, Action<Tally> count)
    {
        var now = time.GetUtcNow();

        lock (_lock)
        {
            foreach (var period in CounterPeriod.All)
            {
                var start = period.StartOf(now);
                Page(new(owner, period, start)).Count(count);
                Page(new(null, period, start)).Count(count);
            }
        }
    }

    /// <summary>What is to be written of the pieces of a length: those that changed since they were written last.</summary>
    public IReadOnlyList<CounterWrite> Changed(CounterPeriod period)
    {
        lock (_lock)
        {
            return [.. _pages.Values.Where(page => page.Key.Period == period && page.IsChanged).Select(page => page.Next())];
        }
    }

    public void Written(CounterWrite write)
    {
        lock (_lock)
        {
            _pages.GetValueOrDefault(write.Key)?.Written(write.Number);
        }
    }

    /// <summary>
    /// Forgets what is over and written; and what could not be written before it would be removed again, as an outage of days must not fill the memory.
    /// </summary>
    /// <returns>How many.</returns>
    public int Forget()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var forgotten = _pages.Values.Where(page => now - page.Key.End > (page.IsChanged ? page.Key.Period.Kept : KeptAfterEnd)).ToList();
            forgotten.ForEach(page => _pages.Remove(page.Key));
            return forgotten.Count;
        }
    }

    private CounterPage Page(CounterPage.PageKey key)
    {
        if (!_pages.TryGetValue(key, out var page))
        {
            _pages[key] = page = new CounterPage(key);
        }

        return page;
    }
}
