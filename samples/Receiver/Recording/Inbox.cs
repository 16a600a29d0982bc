namespace Waybill.Receiver.Recording;

/// <summary>The last 1,000 requests, in memory: at most about 64 MiB.</summary>
public sealed class Inbox
{
    public const int MostRequests = 1_000;

    private readonly Queue<ReceivedRequest> _requests = new();
    private readonly Lock _lock = new();

    public void Add(ReceivedRequest request)
    {
        lock (_lock)
        {
            if (_requests.Count == MostRequests)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(request);
        }
    }

    /// <returns>Those that match, newest first.</returns>
    public IReadOnlyList<ReceivedRequest> Find(Func<ReceivedRequest, bool> matches)
    {
        lock (_lock)
        {
            return [.. _requests.Where(matches).Reverse()];
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
        }
    }
}
