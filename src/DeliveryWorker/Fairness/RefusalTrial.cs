namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// Tells a limit from chance. A host that refuses a part of its calls although it has taken more is called less often, by as
/// much as it refuses. With a limit the refusals end. Where they do not, they are the host's way, whatever its
/// reasons (one URL, one account): for some time they slow it down no more.
/// Not safe for several threads: <see cref="HostGate"/> guards it.
/// </summary>
internal sealed class RefusalTrial(TimeProvider clock)
{
    /// <summary>What is judged at a time, and that of a second at least: limits are mostly counted in seconds.</summary>
    public const int Calls = 12;

    /// <summary>How long the first verdict holds; one that is found again holds twice as long, up to <see cref="LongestTruce"/>.</summary>
    public static readonly TimeSpan FirstTruce = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestTruce = TimeSpan.FromMinutes(16);

    /// <summary>A smaller share of refusals is no reason for a trial.</summary>
    private const double Notable = 2.0 / Calls;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>A trial is so long that the host's way would show by so many refusals; half of them do, none is a limit's.</summary>
    private const int Expected = 6;

    private int _calls;
    private int _refused;
    private long _began;
    private double _share;
    private double? _rateBefore;
    private TimeSpan _truce;
    private long? _truceSince;

    /// <summary>Its refusals are not about its rate.</summary>
    public bool IsItsWay => _truceSince is { } since && clock.GetElapsedTime(since) < _truce;

    /// <summary>A refusal at its limit has answered the question.</summary>
    public void End()
    {
        _rateBefore = null;
        Begin();
    }

    /// <param name="refused">Whether the call was.</param>
    /// <param name="rate">Calls a second that it gets.</param>
    /// <returns>Null while nothing follows from it.</returns>
    public Verdict? Note(bool refused, double rate)
    {
        _calls++;
        _refused += refused ? 1 : 0;

        if (_rateBefore is { } before)
        {
            return JudgeTrial(before);
        }

        return _calls >= Calls && clock.GetElapsedTime(_began) >= Second ? JudgeRate(rate) : null;
    }

    private void Begin()
    {
        (_calls, _refused) = (0, 0);
        _began = clock.GetTimestamp();
    }

    private Verdict? JudgeRate(double rate)
    {
        var share = _refused / (double)_calls;
        var called = Math.Min(rate, _calls / clock.GetElapsedTime(_began).TotalSeconds);
        Begin();

        if (IsItsWay)
        {
            // Far more refusals than its way has are about something new.
            _truceSince = share > (1 + _share) / 2 ? null : _truceSince;
            return null;
        }

        // A host that gets far less than its rate is not refused because of it.
        if (share < Notable || called < rate / 2)
        {
            return null;
        }

        (_share, _rateBefore) = (share, rate);
        return new Verdict.Slower(called * (1 - share));
    }

    private Verdict? JudgeTrial(double rateBefore)
    {
        if (_refused >= Expected / 2)
        {
            End();
            _truce = _truceSince is null ? FirstTruce : Shorter(_truce * 2, LongestTruce);
            _truceSince = clock.GetTimestamp();
            return new Verdict.ItsWay(rateBefore);
        }

        if (_calls < Expected / _share)
        {
            return null;
        }

        End();
        _truceSince = null;
        return new Verdict.LowerLimit();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    public abstract record Verdict
    {
        /// <summary>Try with fewer: so many a second it took.</summary>
        public sealed record Slower(double Taken) : Verdict;

        /// <summary>Fewer were refused less.</summary>
        public sealed record LowerLimit : Verdict;

        /// <summary>Fewer were refused as much.</summary>
        public sealed record ItsWay(double RateBefore) : Verdict;
    }
}
