namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// What this process knows by a name. What was not used for long, or is the longest unused of too many, is forgotten, unless it is in use. Safe for several threads.
/// </summary>
/// <param name="most">Besides those that are in use.</param>
internal sealed class RecentlyUsed<T>(IEqualityComparer<string> names, int most, TimeSpan forgottenAfter, Func<T, bool> isInUse, TimeProvider clock)
    where T : class, IDisposable
{
    /// <summary>Looked at for each that is used, so that they become fewer faster than they can become more.</summary>
    private const int Looks = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Known>> _known = new(names);
    private readonly LinkedList<Known> _longestUnusedFirst = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _known.Count;
            }
        }
    }

    /// <summary>Null where it is not known.</summary>
    public T? Find(string name)
    {
        lock (_lock)
        {
            return Use(name);
        }
    }

    public T GetOrAdd(string name, Func<T> create)
    {
        lock (_lock)
        {
            var value = Use(name);

            if (value is null)
            {
                value = create();
                _known.Add(name, _longestUnusedFirst.AddLast(new Known(name, value, clock.GetTimestamp())));
            }

            Forget();
            return value;
        }
    }

    private T? Use(string name)
    {
        if (!_known.TryGetValue(name, out var known))
        {
            return null;
        }

        _longestUnusedFirst.Remove(known);
        _longestUnusedFirst.AddLast(known);
        known.Value.UsedAt = clock.GetTimestamp();
        return known.Value.Value;
    }

    /// <summary>A constant amount of work, however many are known.</summary>
    private void Forget()
    {
        for (var look = 0; look < Looks && _longestUnusedFirst.First is { } oldest; look++)
        {
            if (_known.Count <= most && clock.GetElapsedTime(oldest.Value.UsedAt) < forgottenAfter)
            {
                return;
            }

            _longestUnusedFirst.RemoveFirst();

            if (isInUse(oldest.Value.Value))
            {
                oldest.Value.UsedAt = clock.GetTimestamp();
                _longestUnusedFirst.AddLast(oldest);
            }
            else
            {
                _known.Remove(oldest.Value.Name);
                oldest.Value.Value.Dispose();
            }
        }
    }

    private sealed class Known(string name, T value, long usedAt)
    {
        public string Name => name;

        public T Value => value;

        public long UsedAt { get; set; } = usedAt;
    }
}
