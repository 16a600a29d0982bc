using System.Collections.Concurrent;

namespace Waybill.StatusService.Callbacks;

/// <summary>What is owed and cannot be told for a reason of its own, for ten minutes, so that it keeps nothing from the others.</summary>
internal sealed class PassedOver(TimeProvider time)
{
    /// <summary>Beyond that all are looked at once more.</summary>
    private const int Most = 10_000;

    private static readonly TimeSpan For = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public bool Holds(string id)
    {
        if (!_until.TryGetValue(id, out var until))
        {
            return false;
        }

        if (until > time.GetUtcNow())
        {
            return true;
        }

        _until.TryRemove(id, out _);
        return false;
    }

    public void Add(string id)
    {
        if (_until.Count >= Most)
        {
            _until.Clear();
        }

        _until[id] = time.GetUtcNow() + For;
    }
}
