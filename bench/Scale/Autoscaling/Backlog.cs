namespace Waybill.Bench.Scale.Autoscaling;

/// <summary>The queue, first in, first out: what came in each second and is not delivered yet.</summary>
internal sealed class Backlog
{
    private readonly LinkedList<(int Second, double Count)> _waiting = [];

    public double Arrived { get; private set; }

    public double Delivered { get; private set; }

    public double Count => _waiting.Sum(group => group.Count);

    public void Arrive(int second, double count)
    {
        Arrived += count;
        _waiting.AddLast((second, count));
    }

    public void Deliver(double most)
    {
        while (most > 0 && _waiting.First is { } oldest)
        {
            var taken = Math.Min(most, oldest.Value.Count);
            most -= taken;
            Delivered += taken;

            if (taken < oldest.Value.Count)
            {
                oldest.Value = (oldest.Value.Second, oldest.Value.Count - taken);
            }
            else
            {
                _waiting.RemoveFirst();
            }
        }
    }

    /// <summary>Seconds that the oldest message has waited.</summary>
    public int Age(int second) => _waiting.First is { } oldest ? second - oldest.Value.Second : 0;
}
