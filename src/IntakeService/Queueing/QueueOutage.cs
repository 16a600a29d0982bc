namespace Waybill.IntakeService.Queueing;

/// <summary>
/// Knows from the sends whether the queue is down: it is from a failure on, when none has succeeded for a second, until one does.
/// While it is, one send in half a second asks the queue; the others fail at once, as waiting would keep clients waiting
/// for nothing, until intake had to refuse them.
/// </summary>
public sealed class QueueOutage(TimeProvider time)
{
    /// <summary>A failure among successes is no outage.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(0.5);

    private readonly Lock _lock = new();
    private long _lastTaken = time.GetTimestamp();
    private long _lastProbe;
    private bool _isDown;

    public bool IsOn
    {
        get
        {
            lock (_lock)
            {
                return _isDown;
            }
        }
    }

    /// <summary>False: do not ask the queue just now.</summary>
    public bool MaySend()
    {
        lock (_lock)
        {
            if (_isDown && time.GetElapsedTime(_lastProbe) < ProbeInterval)
            {
                return false;
            }

            _lastProbe = time.GetTimestamp();
            return true;
        }
    }

    /// <returns>True when the queue was down until now.</returns>
    public bool EndedBySuccess()
    {
        lock (_lock)
        {
            var wasDown = _isDown;
            _lastTaken = time.GetTimestamp();
            _isDown = false;
            return wasDown;
        }
    }

    /// <param name="begun">When the send that failed began: one that began before the latest success tells nothing of the time after it.</param>
    /// <returns>True when the queue counts as down from now on.</returns>
    public bool BegunByFailure(long begun)
    {
        lock (_lock)
        {
            if (_isDown || begun < _lastTaken || time.GetElapsedTime(_lastTaken) < Doubt)
            {
                return false;
            }

            _isDown = true;
            return true;
        }
    }
}
