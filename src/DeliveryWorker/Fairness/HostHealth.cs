namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// What is known of one host, and what follows from it. The limit grows by one for as many good answers as it is large, and
/// is halved by each bad one. After several bad ones in a row the host is probed: one call, then a pause that doubles.
/// Not safe for several threads: <see cref="HostGate"/> guards it.
/// </summary>
internal sealed class HostHealth(FairnessOptions options, TimeProvider clock)
{
    public const int FailuresUntilProbing = 5;

    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>Also the longest that a receiver's wish holds up other notifications to it; the one it answered waits in full.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>Weight of the newest call in the average duration.</summary>
    private const double Newest = 0.2;

    private int _goodSinceGrowth;
    private int _badInRow;
    private TimeSpan _average;
    private long _pauseBegan;
    private TimeSpan _pause;

    public int Limit { get; private set; } = options.InitialPerHost;

    /// <summary>The last answer was good. A host that is new or failing is not proven.</summary>
    public bool IsProven { get; private set; }

    /// <summary>No call to it has ended yet.</summary>
    public bool IsUnknown => !IsProven && _badInRow == 0;

    public bool IsProbed => _badInRow >= FailuresUntilProbing;

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
    public TimeSpan Pace => IsProbed ? PauseAfter(_badInRow) : _average / Limit;

    /// <param name="retryAfter">What the receiver asked for.</param>
    public void Note(HostSignal signal, TimeSpan duration, TimeSpan? retryAfter)
    {
        switch (signal)
        {
            case HostSignal.Good:
                NoteGood();
                break;
            case HostSignal.Bad:
                NoteBad(retryAfter);
                break;
            default:
                return;
        }

        _average = _average == TimeSpan.Zero ? duration : (_average * (1 - Newest)) + (duration * Newest);
    }

    private void NoteGood()
    {
        IsProven = true;
        _badInRow = 0;
        _pause = TimeSpan.Zero;
        _goodSinceGrowth++;

        if (_goodSinceGrowth >= Limit && Limit < options.MaxPerHost)
        {
            Limit++;
            _goodSinceGrowth = 0;
        }
    }

    private void NoteBad(TimeSpan? retryAfter)
    {
        IsProven = false;
        _badInRow++;
        _goodSinceGrowth = 0;
        Limit = IsProbed ? 1 : Math.Max(1, Limit / 2);

        var wished = retryAfter ?? TimeSpan.Zero;
        var pause = IsProbed ? PauseAfter(_badInRow) : TimeSpan.Zero;
        Pause(wished > pause ? wished : pause);
    }

    private void Pause(TimeSpan pause)
    {
        var bounded = pause < LongestPause ? pause : LongestPause;

        if (bounded > PauseLeft)
        {
            _pause = bounded;
            _pauseBegan = clock.GetTimestamp();
        }
    }

    private static TimeSpan PauseAfter(int badInRow)
    {
        var doublings = Math.Min(badInRow - FailuresUntilProbing, 10);
        var pause = FirstPause * Math.Pow(2, doublings);
        return pause < LongestPause ? pause : LongestPause;
    }
}
