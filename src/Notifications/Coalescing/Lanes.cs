namespace Waybill.Notifications.Coalescing;

/// <summary>
/// A few pieces of work at a time; what comes while they are under way waits for the first to end, and then is one piece of work. So
/// nothing is delayed while there is little to do, and the more there is, the more is done together.
/// </summary>
/// <param name="lanes">Pieces of work at a time.</param>
/// <param name="maxItems">In one piece of work.</param>
/// <param name="maxSize">No more is added to a piece of work from this size on.</param>
/// <param name="size">Of one item.</param>
/// <param name="work">Never fails, and answers to its items itself; the lane is free again when its task ends.</param>
public sealed class Lanes<T>(int lanes, int maxItems, long maxSize, Func<T, long> size, Func<IReadOnlyList<T>, Task> work)
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _waiting = new();
    private int _taken;

    public void Add(T item)
    {
        lock (_gate)
        {
            _waiting.Enqueue(item);
        }

        UseLanes();
    }

    private void UseLanes()
    {
        while (Take() is { } items)
        {
            _ = UseAsync(items);
        }
    }

    private async Task UseAsync(List<T> items)
    {
        // Not by UseLanes: work that ends at once would go one deeper into the stack each time.
        for (List<T>? next = items; next is not null; next = Take())
        {
            await work(next);

            lock (_gate)
            {
                _taken--;
            }
        }
    }

    /// <returns>Null when no lane is free or nothing waits.</returns>
    private List<T>? Take()
    {
        lock (_gate)
        {
            if (_taken == lanes || _waiting.Count == 0)
            {
                return null;
            }

            var items = new List<T>();
            var total = 0L;

            while (items.Count < maxItems && total < maxSize && _waiting.TryDequeue(out var item))
            {
                items.Add(item);
                total += size(item);
            }

            _taken++;
            return items;
        }
    }
}
