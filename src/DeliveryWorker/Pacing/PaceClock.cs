namespace Waybill.DeliveryWorker.Pacing;

/// <summary>
/// The status service's time, by which all workers go: from what its answers say, and this process's monotonic clock in between. The answer that came fastest says it best; the older
/// that is, the slower may be the one that replaces it. Safe for several threads.
/// </summary>
public sealed class PaceClock(TimeProvider clock)
{
    /// <summary>By which an answer may be slower, as a share of the time since the one that is gone by.</summary>
    private const double SlowerWithAge = 0.001;

    private readonly Lock _lock = new();
    private DateTime _time;
    private long _at;
    private TimeSpan? _took;

    /// <summary>Before the first answer it is this machine's own.</summary>
    public DateTime Now
    {
        get
        {
            lock (_lock)
            {
                return _took is null ? clock.GetUtcNow().UtcDateTime : _time + clock.GetElapsedTime(_at);
            }
        }
    }

    /// <param name="theirs">What the answer says.</param>
    /// <param name="asked">When the question went out, by the monotonic clock.</param>
    public void Note(DateTimeOffset theirs, long asked)
    {
        var answered = clock.GetTimestamp();
        var took = clock.GetElapsedTime(asked, answered);

        lock (_lock)
        {
            if (_took is { } best && took > best + (clock.GetElapsedTime(_at, answered) * SlowerWithAge))
            {
                return;
            }

            (_time, _at, _took) = (theirs.UtcDateTime + (took / 2), answered, took);
        }
    }
}
