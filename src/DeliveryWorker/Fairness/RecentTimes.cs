namespace Waybill.DeliveryWorker.Fairness;

/// <summary>What happened within the last second, by the monotonic clock.</summary>
internal sealed class RecentTimes(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Queue<long> _times = new();

    public int Count
    {
        get
        {
            while (_times.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) >= Window)
            {
                _times.Dequeue();
            }

            return _times.Count;
        }
    }

    /// <summary>How long until one less is within the last second; zero when there is none.</summary>
    public TimeSpan UntilFewer => Count == 0 ? TimeSpan.Zero : Window - clock.GetElapsedTime(_times.Peek());

    public void Add() => _times.Enqueue(clock.GetTimestamp());
}
