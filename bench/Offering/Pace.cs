using System.Diagnostics;

namespace Waybill.Bench.Offering;

/// <summary>Times fixed in advance, from now on: whoever falls behind finds the next ones due already.</summary>
/// <param name="perSecond">Null: all are due at once.</param>
internal sealed class Pace(double? perSecond)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Waits until that one is due.</summary>
    /// <returns>When that was, in ticks of the stopwatch.</returns>
    public async Task<long> UntilAsync(int number, CancellationToken cancellationToken)
    {
        var dueAt = _started + (perSecond is { } rate ? (long)(number / rate * Stopwatch.Frequency) : 0);

        // The timer counts in milliseconds, so up to one too late; it wakes the process no more often than there is something to do.
        while (dueAt - Stopwatch.GetTimestamp() is > 0 and var left)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left * 1000.0 / Stopwatch.Frequency)), cancellationToken);
        }

        return dueAt;
    }
}
