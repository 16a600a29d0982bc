namespace Waybill.StatusService.Endpoints.Pacing;

/// <summary>
/// Which workers have claimed lately, as this process has seen it: they share what an endpoint with a rate of its own takes without a write to the table. Safe for several threads.
/// </summary>
internal sealed class WorkersSeen(TimeProvider time)
{
    /// <summary>One that has not claimed for so long is taken for gone, and its part is the others'.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromSeconds(30);

    /// <summary>More are not kept apart.</summary>
    public const int Most = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    public void Note(string worker)
    {
        lock (_lock)
        {
            if (_seen.Count >= Most && !_seen.ContainsKey(worker))
            {
                Forget();
            }

            if (_seen.Count < Most || _seen.ContainsKey(worker))
            {
                _seen[worker] = time.GetTimestamp();
            }
        }
    }

    /// <returns>How many there are, and which of them, by name, this one is, from 0.</returns>
    public (int Workers, int Rank) PlaceOf(string worker)
    {
        lock (_lock)
        {
            Forget();
            return (Math.Max(1, _seen.Count), _seen.Keys.Count(other => string.CompareOrdinal(other, worker) < 0));
        }
    }

    private void Forget()
    {
        foreach (var gone in _seen.Where(one => time.GetElapsedTime(one.Value) >= Lately).Select(one => one.Key).ToArray())
        {
            _seen.Remove(gone);
        }
    }
}
