namespace Waybill.StatusService.Endpoints;

/// <summary>When something was seen of an endpoint by this process, as long as there is room. What it has forgotten costs a write that changes nothing.</summary>
internal sealed class EndpointMemory(TimeProvider time)
{
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    public void Note(string endpointId)
    {
        lock (_lock)
        {
            if (_seen.Count >= Most && !_seen.ContainsKey(endpointId))
            {
                _seen.Clear();
            }

            _seen[endpointId] = time.GetTimestamp();
        }
    }

    public bool IsRecent(string endpointId, TimeSpan within)
    {
        lock (_lock)
        {
            return _seen.TryGetValue(endpointId, out var at) && time.GetElapsedTime(at) < within;
        }
    }
}
