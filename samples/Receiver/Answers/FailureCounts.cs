namespace Waybill.Receiver.Answers;

/// <summary>How often each key has failed so far. Keeps the latest 10,000 keys.</summary>
public sealed class FailureCounts
{
    private const int MostKeys = 10_000;

    private readonly Dictionary<string, long> _failures = [];
    private readonly Queue<string> _oldestFirst = new();
    private readonly Lock _lock = new();

    /// <returns>True for the first <paramref name="times"/> calls with this key, then false.</returns>
    public bool TakeFailure(string key, long times)
    {
        lock (_lock)
        {
            if (!_failures.TryGetValue(key, out var soFar))
            {
                MakeRoom();
                _oldestFirst.Enqueue(key);
            }

            _failures[key] = Math.Min(soFar + 1, times);
            return soFar < times;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _failures.Clear();
            _oldestFirst.Clear();
        }
    }

    private void MakeRoom()
    {
        if (_oldestFirst.Count == MostKeys)
        {
            _failures.Remove(_oldestFirst.Dequeue());
        }
    }
}
