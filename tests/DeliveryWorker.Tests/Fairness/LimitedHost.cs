namespace Waybill.DeliveryWorker.Tests.Fairness;

/// <summary>A host that takes so many calls in any second and refuses the others.</summary>
internal sealed class LimitedHost(TimeProvider clock, int allowed)
{
    private readonly Queue<long> _seen = new();
    private readonly Queue<long> _taken = new();

    public int MostInASecond { get; private set; }

    public int Taken { get; private set; }

    public int Refused { get; private set; }

    public bool Takes()
    {
        Forget(_seen);
        Forget(_taken);

        _seen.Enqueue(clock.GetTimestamp());
        MostInASecond = Math.Max(MostInASecond, _seen.Count);

        if (_taken.Count >= allowed)
        {
            Refused++;
            return false;
        }

        _taken.Enqueue(clock.GetTimestamp());
        Taken++;
        return true;
    }

    private void Forget(Queue<long> times)
    {
        while (times.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) >= TimeSpan.FromSeconds(1))
        {
            times.Dequeue();
        }
    }
}
