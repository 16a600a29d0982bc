namespace Waybill.Bench.Scale.Dispatching;

/// <summary>One shard of the index <c>due</c>, in the order of due times.</summary>
internal sealed class DueShard(IReadOnlyList<DueRecord> records)
{
    private int _first;

    /// <summary>What a query answers: due by now, longest overdue first, of what the index knows with its lag.</summary>
    public IEnumerable<DueRecord> Query(double now, int limit)
    {
        var known = now - CallTimes.IndexLag;

        while (_first < records.Count && records[_first].IsMarkedAt(known))
        {
            _first++;
        }

        return records.Skip(_first).TakeWhile(record => record.DueAt <= known).Where(record => !record.IsMarkedAt(known)).Take(limit);
    }

    public int Waiting(double now) => records.Count(record => record.DueAt <= now && !record.IsMarkedAt(now));
}
