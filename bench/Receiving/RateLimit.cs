using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Waybill.Bench.Receiving;

/// <summary>A host that takes so many calls in any second and answers 429 to the others.</summary>
internal sealed class RateLimit(int perSecond)
{
    private readonly Lock _gate = new();
    private readonly List<long> _seen = [];
    private readonly List<long> _taken = [];

    public int Seen => _seen.Count;

    public int Refused => _seen.Count - _taken.Count;

    /// <summary>Calls in the worst second, wherever it begins; the refused ones count.</summary>
    public int MostInASecond => CallTimes.MostInASecond(_seen);

    public int Answer()
    {
        lock (_gate)
        {
            var now = Stopwatch.GetTimestamp();
            _seen.Add(now);

            if (_taken.Count >= perSecond && now - _taken[^perSecond] < Stopwatch.Frequency)
            {
                return StatusCodes.Status429TooManyRequests;
            }

            _taken.Add(now);
            return StatusCodes.Status200OK;
        }
    }

    /// <summary>Calls taken per second from the first call on, until that share of all was taken.</summary>
    public double TakenPerSecond(double share)
    {
        var last = (int)Math.Ceiling(_taken.Count * share) - 1;
        return last / Stopwatch.GetElapsedTime(_seen[0], _taken[last]).TotalSeconds;
    }
}
