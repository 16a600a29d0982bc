using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// When each phase of one call began, by the monotonic clock. The connection is opened by the HTTP handler on a path of its own,
/// which may go on after the call took another connection: phases only ever move forward, so what comes late is ignored.
/// </summary>
public sealed class CallTimeline(TimeProvider clock)
{
    /// <summary>Carries the timeline on the request.</summary>
    internal static readonly HttpRequestOptionsKey<CallTimeline> Key = new("waybill.timeline");

    private readonly Lock _gate = new();
    private readonly long?[] _entered = new long?[(int)CallPhase.Done + 1];
    private CallPhase _phase = CallPhase.Waiting;
    private Exception? _end;

    public CallPhase Phase
    {
        get
        {
            lock (_gate)
            {
                return _phase;
            }
        }
    }

    /// <summary>How the connection ended that was opened for the call, before anything was read from it. Null: it did not.</summary>
    public Exception? End
    {
        get
        {
            lock (_gate)
            {
                return _end;
            }
        }
    }

    /// <returns>False when the call is in that phase already, or past it.</returns>
    public bool Enter(CallPhase phase)
    {
        lock (_gate)
        {
            if (phase <= _phase)
            {
                return false;
            }

            _phase = phase;
            _entered[(int)phase] = clock.GetTimestamp();
            return true;
        }
    }

    public void NoteEnd(Exception exception)
    {
        lock (_gate)
        {
            _end = exception;
        }
    }

    /// <summary>The call goes out once more, as nothing of it reached the receiver: what was measured is of no call.</summary>
    public void Rewind()
    {
        lock (_gate)
        {
            _phase = CallPhase.Waiting;
            _end = null;
            Array.Clear(_entered);
        }
    }

    public DeliveryTimings ToTimings()
    {
        lock (_gate)
        {
            var sent = _entered[(int)CallPhase.Headers] is not null;
            var connected = _entered[(int)CallPhase.Connected] is not null;

            return new DeliveryTimings(
                Milliseconds(CallPhase.Dns),
                Milliseconds(CallPhase.Connect),
                Milliseconds(CallPhase.Tls),
                Milliseconds(CallPhase.Headers),
                Milliseconds(CallPhase.Body),
                Reused: sent && !connected);
        }
    }

    /// <summary>From the phase's begin to that of the next one that happened.</summary>
    private double? Milliseconds(CallPhase phase)
    {
        if (_entered[(int)phase] is not { } begin)
        {
            return null;
        }

        var end = _entered.Skip((int)phase + 1).FirstOrDefault(moment => moment is not null) ?? clock.GetTimestamp();
        return Math.Round(clock.GetElapsedTime(begin, end).TotalMilliseconds, 1);
    }
}

/// <summary>The phases of one call, in the order they happen; some are left out.</summary>
public enum CallPhase
{
    /// <summary>No connection of its own yet: also while it waits for one that another call opens.</summary>
    Waiting,

    Dns,
    Connect,
    Tls,

    /// <summary>A connection of its own stands.</summary>
    Connected,

    /// <summary>From the first byte of the request to the answer's headers.</summary>
    Headers,

    Body,
    Done,
}
