using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// What is known of one host, and what follows from it: how many calls at a time (<see cref="HostConcurrency"/>), how many a
/// second (<see cref="HostRate"/>), and whether any (<see cref="HostCircuit"/>).
/// Not safe for several threads: <see cref="HostGate"/> guards it.
/// </summary>
internal sealed class HostHealth(HostLimits limits, Random random, TimeProvider clock)
{
    /// <summary>From there on a host is slow: its calls take places that others may need.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    /// <summary>Least distance of calls to a host that is paused or fails, for notifications that may wait no longer.</summary>
    public static readonly TimeSpan OverdueDistance = TimeSpan.FromMilliseconds(100);

    /// <summary>Weight of a call in the average duration when it was shorter: a stall is forgotten sooner than it is learned.</summary>
    private const double Shorter = 0.3;

    /// <summary>Weight of a call that was longer.</summary>
    private const double Longer = 0.1;

    private readonly HostConcurrency _concurrency = new(limits, clock);
    private readonly HostCircuit _circuit = new(limits, random, clock);
    private readonly HostRate _rate = new(clock);
    private bool? _answers;
    private TimeSpan _average;
    private long _startedLast;
    private long _soundLast = clock.GetTimestamp();

    public int InFlight { get; private set; }

    public int Limit => _circuit.IsOpen ? 1 : _concurrency.Limit;

    /// <summary>No call to it has ended yet.</summary>
    public bool IsUnknown => _answers is null;

    /// <summary>Its last call was answered, whatever the answer.</summary>
    public bool Answers => _answers == true;

    /// <summary>Too many calls in a row failed: it is only probed.</summary>
    public bool IsProbed => _circuit.IsOpen;

    /// <summary>A call to it may hang: it is new, silent or slow.</summary>
    public bool IsSuspect => !Answers || _average >= Slow;

    /// <summary>How it is doing, for the metrics: <c>new</c>, <c>probed</c>, <c>suspect</c>, <c>paced</c> or <c>steady</c>.</summary>
    public string Class => this switch
    {
        { IsUnknown: true } => "new",
        { IsProbed: true } => "probed",
        { IsSuspect: true } => "suspect",
        _ => _rate.PerSecond is null ? "steady" : "paced",
    };

    /// <summary>Calls a second that it takes; null without a bound.</summary>
    public double? PerSecond => _rate.PerSecond;

    /// <summary>Why what cannot be called now waits, one of <see cref="WaitingReasons"/>.</summary>
    public string WaitingReason => this switch
    {
        _ when _circuit.IsWish => WaitingReasons.RetryAfter,
        { IsUnknown: true } => WaitingReasons.HostBusy,
        { IsProbed: true } or { Answers: false } => WaitingReasons.HostFailing,
        _ => _rate.PerSecond is { } rate && 1 / rate >= (_average / Limit).TotalSeconds ? WaitingReasons.HostPaced : WaitingReasons.HostBusy,
    };

    /// <summary>Zero: it is not paused.</summary>
    public TimeSpan PauseLeft => _circuit.PauseLeft;

    /// <summary>
    /// Before that no further call can be expected to begin: a pause, or calls in flight that take as long as the last ones did;
    /// to a host that is new, as long again as they already have.
    /// </summary>
    public TimeSpan RoomIn
    {
        get
        {
            var busy = InFlight < Limit ? TimeSpan.Zero : IsUnknown ? UnwellFor : _average;
            return busy > PauseLeft ? busy : PauseLeft;
        }
    }

    /// <summary>Zero: its rate lets a call begin.</summary>
    public TimeSpan UntilNext => _rate.UntilNext;

    /// <summary>How long until the next call can begin, on average, when the host is fully used.</summary>
    public TimeSpan Pace
    {
        get
        {
            var byConcurrency = _average / Limit;
            var byRate = TimeSpan.FromSeconds(1 / (_rate.PerSecond ?? double.PositiveInfinity));

            return byConcurrency > byRate ? byConcurrency : byRate;
        }
    }

    /// <summary>For how long it has not been well: since its last good answer, or since it is known.</summary>
    public TimeSpan UnwellFor => _circuit.IsSound && Answers ? TimeSpan.Zero : clock.GetElapsedTime(_soundLast);

    /// <param name="overdue">The call waited so long that neither pause nor circuit hold it up any more. The rate does.</param>
    public bool MayStart(bool overdue)
    {
        if (_rate.UntilNext > TimeSpan.Zero)
        {
            return false;
        }

        if (InFlight < Limit && PauseLeft == TimeSpan.Zero)
        {
            return true;
        }

        return overdue && InFlight < limits.Initial && clock.GetElapsedTime(_startedLast) >= OverdueDistance;
    }

    public HostCall Start()
    {
        InFlight++;
        _startedLast = clock.GetTimestamp();

        return new HostCall(_startedLast, _rate.NoteStart(), IsSuspect, Class);
    }

    public void End(HostCall call, HostReport report)
    {
        var inFlight = InFlight--;
        _rate.NoteEnd();

        if (report.Signal == HostSignal.None)
        {
            return;
        }

        _answers = report.Signal != HostSignal.Silent;
        _average = _average == TimeSpan.Zero ? report.Duration : Average(report.Duration);

        if (Answers)
        {
            _concurrency.NoteAnswer();
        }

        Judge(call, report, inFlight);
    }

    private TimeSpan Average(TimeSpan duration)
    {
        var weight = duration < _average ? Shorter : Longer;
        return (_average * (1 - weight)) + (duration * weight);
    }

    private void Judge(HostCall call, HostReport report, int inFlight)
    {
        if (report.Wish is { } wish)
        {
            _circuit.NoteWish(wish);
        }

        switch (report.Signal)
        {
            case HostSignal.Good:
                _soundLast = clock.GetTimestamp();
                _rate.NoteTaken(call);
                _concurrency.NoteGood(inFlight);
                _circuit.NoteGood();
                break;

            case HostSignal.Refused when _rate.NoteRefused(call):
                break;

            case HostSignal.Refused:
                _circuit.NoteFailure(call);
                break;

            default:
                _concurrency.NoteFailure(call);
                _circuit.NoteFailure(call);
                break;
        }
    }
}
