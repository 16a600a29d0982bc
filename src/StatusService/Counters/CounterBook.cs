
namespace Waybill.StatusService.Counters;

/// <summary>What this process has counted and not yet written down, or not for the last time.</summary>
internal sealed class CounterBook(TimeProvider time)
{
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

    /// <summary>Notes what has been written, and forgets those that are over.</summary>
    public void Written(CounterWrite write)
    {
        lock (_lock)
        {
            if (_pages.TryGetValue(write.Key, out var page)
                && page.Written(write.Number)
                && write.Key.Start + write.Key.Period.Length < time.GetUtcNow())
            {
                _pages.Remove(write.Key);
            }
        }
    }

    /// <summary>Forgets what can no longer be written before it would be removed again: an outage of days must not fill the memory.</summary>
    public int ForgetExpired()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var expired = _pages.Keys.Where(key => key.Start + key.Period.Length + key.Period.Kept < now).ToList();
            expired.ForEach(key => _pages.Remove(key));
            return expired.Count;
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
