namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// What is known of one host, and what follows from it. The limit grows by one for as many good answers as it is large, and
/// is halved by each call that ends otherwise. A host that stays silent is probed: one call, then a pause that doubles.
/// Not safe for several threads: <see cref="HostGate"/> guards it.
/// </summary>
internal sealed class HostHealth(HostLimits limits, TimeProvider clock)
{
    public const int SilencesUntilProbing = 5;

    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>Also the longest that a receiver's wish holds up other notifications to it; the one it answered waits in full.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>Weight of the newest call in the average duration.</summary>
    private const double Newest = 0.2;

    private int _goodSinceGrowth;
    private int _silentInRow;
    private TimeSpan _average;
    private long _pauseBegan;
    private TimeSpan _pause;

    public int Limit { get; private set; } = limits.Initial;

    /// <summary>Its last call was answered, whatever the answer. False for a host that is new or silent.</summary>
    public bool Answers { get; private set; }

    /// <summary>No call to it has ended yet.</summary>
    public bool IsUnknown => !Answers && _silentInRow == 0;

    public bool IsProbed => _silentInRow >= SilencesUntilProbing;

    /// <summary>Zero: it may be called now.</summary>
    public TimeSpan PauseLeft
    {
        get
        {
            var left = _pause - clock.GetElapsedTime(_pauseBegan);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>How long until the next call can start, on average, when the host is fully used.</summary>
    public TimeSpan Pace => IsProbed ? ProbePause : _average / Limit;

    private TimeSpan ProbePause => Shorter(FirstPause * Math.Pow(2, Math.Min(_silentInRow - SilencesUntilProbing, 10)), LongestPause);

    /// <param name="wish">How long the receiver asked to be left alone.</param>
    public void Note(HostSignal signal, TimeSpan duration, TimeSpan? wish)
    {
        switch (signal)
        {
            case HostSignal.Good:
                NoteAnswer();
                Grow();
                break;

            case HostSignal.Overloaded:
                NoteAnswer();
                Halve();
                Pause(wish ?? TimeSpan.Zero);
                break;

            case HostSignal.Silent:
                NoteSilence();
                break;

            default:
                return;
        }

        _average = _average == TimeSpan.Zero ? duration : (_average * (1 - Newest)) + (duration * Newest);
    }

    private void NoteAnswer()
    {
        Answers = true;

        if (IsProbed)
        {
            _pause = TimeSpan.Zero;
        }

        _silentInRow = 0;
    }

    private void NoteSilence()
    {
        Answers = false;
        _silentInRow++;
        Halve();

        if (IsProbed)
        {
            Limit = 1;
            Pause(ProbePause);
        }
    }

    private void Grow()
    {
        _goodSinceGrowth++;

        if (_goodSinceGrowth >= Limit && Limit < limits.Max)
        {
            Limit++;
            _goodSinceGrowth = 0;
        }
    }

    private void Halve()
    {
        Limit = Math.Max(1, Limit / 2);
        _goodSinceGrowth = 0;
    }

    /// <summary>A pause is never shortened by another.</summary>
    private void Pause(TimeSpan pause)
    {
        var bounded = Shorter(pause, LongestPause);

        if (bounded > PauseLeft)
        {
            _pause = bounded;
            _pauseBegan = clock.GetTimestamp();
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
