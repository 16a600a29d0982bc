namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// How many calls a second a host takes, learned from its refusals (429, 503). Until the first that comes with many calls there is
/// no bound: what is in flight at that moment is what it gets too much. Such a refusal shows how many it took in the second
/// before; from then on it gets nine tenths of that, and after a rest more and more until it refuses again. Where it refuses
/// below what it once took, a <see cref="RefusalTrial"/> tells a lower limit from a host that refuses whatever comes.
/// Not safe for several threads: <see cref="HostGate"/> guards it.
/// </summary>
internal sealed class HostRate(TimeProvider clock)
{
    /// <summary>Calls a second. A host that refuses even that is the <see cref="HostCircuit"/>'s business.</summary>
    public const double Slowest = 1;

    /// <summary>From here on it is no bound any more.</summary>
    public const double Fastest = 1000;

    /// <summary>Without growth after a cut, so that a host whose rate is known is seldom asked to refuse; at low rates as long as a trial's calls take.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Growth in the first second after the rest, as a share; each second of growth doubles it, until the rate itself doubles in a second.</summary>
    public const double FirstGrowth = 0.02;

    /// <summary>Of what it took.</summary>
    private const double Share = 0.9;

    /// <summary>A refusal after so many calls within a second is about their number; after fewer, a second one must come while others are in flight.</summary>
    private const int Many = 8;

    /// <summary>Below that share of the highest rate it took, a refusal alone is not about the rate.</summary>
    private const double Plausible = 0.75;

    /// <summary>Least distance of two calls, as a share of their average distance: what came late is made up for.</summary>
    private const double Distance = 0.8;

    /// <summary>The rate counts as used from that share of its whole calls on: 1.9 a second are one in any second.</summary>
    private const double Used = 0.8;

    /// <summary>A paced host that took none of so many calls, and none within a second, is not limited but out of order.</summary>
    private const int MostInARow = 10;

    private readonly RecentTimes _started = new(clock);
    private readonly RecentTimes _taken = new(clock);
    private readonly RecentTimes _refused = new(clock);
    private readonly RefusalTrial _trial = new(clock);
    private int _inFlight;
    private int _refusedInARow;
    private double _highestTaken;
    private double _secondsGrown;
    private long _startedLast;
    private long _cutAt;
    private long _grownAt;

    /// <summary>Calls a second; null without a bound.</summary>
    public double? PerSecond { get; private set; }

    /// <summary>Zero: a call may begin now.</summary>
    public TimeSpan UntilNext
    {
        get
        {
            if (PerSecond is not { } rate)
            {
                return TimeSpan.Zero;
            }

            // Few calls go out evenly: of 1.8 a second two are in some seconds. Rounded down, half of it would be lost.
            var (share, most) = rate < Many ? (1, Math.Ceiling(rate)) : (Distance, rate);
            var distance = TimeSpan.FromSeconds(share / rate) - clock.GetElapsedTime(_startedLast);
            var window = _started.Count + 1 > most ? _started.UntilFewer : TimeSpan.Zero;
            var longer = distance > window ? distance : window;

            return longer > TimeSpan.Zero ? longer : TimeSpan.Zero;
        }
    }

    /// <returns>Calls that began within the second before.</returns>
    public int NoteStart()
    {
        Grow();

        var before = _started.Count;
        _started.Add();
        _startedLast = clock.GetTimestamp();
        _inFlight++;

        return before;
    }

    /// <summary>The call is over, whatever came of it.</summary>
    public void NoteEnd() => _inFlight--;

    public void NoteTaken(HostCall call)
    {
        _taken.Add();
        _refusedInARow = 0;
        Try(call, refused: false);
    }

    /// <returns>Whether the rate deals with it, so that it says nothing more about the host.</returns>
    public bool NoteRefused(HostCall call)
    {
        _refused.Add();
        _refusedInARow++;

        if (PerSecond is not null && call.StartedAt < _cutAt)
        {
            return true;
        }

        // Those in flight are taken as accepted; those that were not are among the calls before, which bound it.
        var took = Math.Min(call.Before, _taken.Count + _inFlight);

        if (PerSecond is null && (took == 0 || !IsAboutTheRate(call)))
        {
            return false;
        }

        if (!_trial.IsItsWay && took > 0 && took >= _highestTaken * Plausible)
        {
            _highestTaken = Math.Max(_highestTaken, took);
            Cut(Math.Min(took, PerSecond ?? took));
            _trial.End();
        }
        else
        {
            Try(call, refused: true);
        }

        return _taken.Count > 0 || _refusedInARow < MostInARow;
    }

    private bool IsAboutTheRate(HostCall call) => call.Before >= Many || (_inFlight > 0 && _refused.Count > 1);

    private void Try(HostCall call, bool refused)
    {
        if (PerSecond is not { } rate || call.StartedAt < _cutAt)
        {
            return;
        }

        switch (_trial.Note(refused, rate))
        {
            case RefusalTrial.Verdict.Slower slower:
                Cut(slower.Taken);
                break;

            case RefusalTrial.Verdict.LowerLimit:
                _highestTaken = rate / Share;
                break;

            case RefusalTrial.Verdict.ItsWay itsWay:
                PerSecond = Math.Max(rate, itsWay.RateBefore);
                break;
        }
    }

    private void Cut(double took)
    {
        PerSecond = Math.Max(Slowest, Share * took);
        _cutAt = _grownAt = clock.GetTimestamp();
        _secondsGrown = 0;
    }

    private void Grow()
    {
        if (PerSecond is not { } rate)
        {
            return;
        }

        var seconds = Math.Min(1, clock.GetElapsedTime(_grownAt).TotalSeconds);
        _grownAt = clock.GetTimestamp();

        var rest = Math.Max(Rest.TotalSeconds, RefusalTrial.Calls / rate);

        if (_started.Count + 1 < Math.Floor(rate) * Used || (!_trial.IsItsWay && clock.GetElapsedTime(_cutAt).TotalSeconds < rest))
        {
            return;
        }

        _secondsGrown += seconds;
        var growth = _trial.IsItsWay ? 1 : Math.Min(1, FirstGrowth * Math.Pow(2, _secondsGrown));
        var grown = rate * (1 + (growth * seconds));
        PerSecond = grown < Fastest ? grown : null;
    }
}
