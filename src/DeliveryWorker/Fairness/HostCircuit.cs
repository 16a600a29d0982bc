namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// Opens for a host whose calls fail one after the other, and pauses it: then it is probed by one call, and while probes fail
/// the pauses double. The first answer that is none of trouble closes it.
/// Not safe for several threads: <see cref="HostGate"/> guards it.
/// </summary>
internal sealed class HostCircuit(HostLimits limits, Random random, TimeProvider clock)
{
    /// <summary>
    /// The longest that a receiver's wish (Retry-After) holds up other notifications to it; the one it answered waits in full.
    /// </summary>
    public static readonly TimeSpan LongestWish = TimeSpan.FromSeconds(60);

    /// <summary>Share by which a pause varies in both directions, so that workers do not probe in step.</summary>
    private const double Jitter = 0.2;

    private int _failures;
    private long _failedLast;
    private long _pauseBegan;
    private TimeSpan _pause;
    private bool _isWish;

    public bool IsOpen => _failures >= limits.FailuresUntilProbing;

    /// <summary>No call has failed since the last that did not.</summary>
    public bool IsSound => _failures == 0;

    /// <summary>It is paused because the receiver asked for it.</summary>
    public bool IsWish => _isWish && PauseLeft > TimeSpan.Zero;

    /// <summary>Zero: it may be called now.</summary>
    public TimeSpan PauseLeft
    {
        get
        {
            var left = _pause - clock.GetElapsedTime(_pauseBegan);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void NoteGood()
    {
        if (IsOpen)
        {
            _pause = TimeSpan.Zero;
        }

        _failures = 0;
    }

    public void NoteFailure(HostCall call)
    {
        // Of those that were in flight together, the first has said it.
        if (IsOpen && call.StartedAt < _failedLast)
        {
            return;
        }

        _failures++;
        _failedLast = clock.GetTimestamp();

        if (IsOpen)
        {
            Pause(ProbePause * (1 - Jitter + (2 * Jitter * random.NextDouble())), isWish: false);
        }
    }

    /// <param name="wish">How long the receiver asked to be left alone.</param>
    public void NoteWish(TimeSpan wish) => Pause(wish < LongestWish ? wish : LongestWish, isWish: true);

    private TimeSpan ProbePause
    {
        get
        {
            var doubled = limits.FirstPause * Math.Pow(2, Math.Min(_failures - limits.FailuresUntilProbing, 20));
            return doubled < limits.LongestPause ? doubled : limits.LongestPause;
        }
    }

    /// <summary>A pause is never shortened by another.</summary>
    private void Pause(TimeSpan pause, bool isWish)
    {
        if (pause > PauseLeft)
        {
            _pause = pause;
            _pauseBegan = clock.GetTimestamp();
            _isWish = isWish;
        }
    }
}
