using System.Diagnostics;

namespace Waybill.Bench.Receiving;

/// <summary>When calls came, from its beginning or the last time it was cleared.</summary>
internal sealed class CallTimes
{
    private readonly Lock _gate = new();
    private readonly List<long> _times = [];

    public void Note()
    {
        lock (_gate)
        {
            _times.Add(Stopwatch.GetTimestamp());
        }
    }

    /// <returns>In their order; from now on it begins anew.</returns>
    public IReadOnlyList<long> Take()
    {
        lock (_gate)
        {
            long[] times = [.. _times];
            _times.Clear();
            return times;
        }
    }

    /// <summary>Calls in the worst second, wherever it begins.</summary>
    /// <param name="times">In their order.</param>
    public static int MostInASecond(IReadOnlyList<long> times)
    {
        var most = 0;

        for (int first = 0, last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] >= Stopwatch.Frequency)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
