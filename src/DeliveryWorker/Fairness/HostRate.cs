namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// How many calls a second a host takes, learned from its refusals (429, 503). Until the first there is no bound: what is in
/// flight at that moment is what it gets too much. A refusal shows how many it took in the second before; from then on it gets
/// nine tenths of that, and after a rest 2 % more each second while that is used, until it refuses again.
/// Not safe for several threads: <see cref="HostGate"/> guards it.
/// </summary>
internal sealed class HostRate(TimeProvider clock)
{
    /// <summary>Calls a second. A host that refuses even that is the <see cref="HostCircuit"/>'s business.</summary>
    public const double Slowest = 1;

    /// <summary>From here on it is no bound any more.</summary>
    public const double Fastest = 1000;

    /// <summary>Without growth after a refusal, so that a host whose rate is known is seldom asked to refuse.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>Of what it took.</summary>
    private const double Share = 0.9;

    private const double GrowthPerSecond = 0.02;

    /// <summary>Least distance of two calls, as a share of their average distance: what came late is made up for.</summary>
    private const double Distance = 0.8;

    /// <summary>The rate counts as used from that share of its whole calls on: 1.9 a second are one in any second.</summary>
    private const double Used = 0.8;

    /// <summary>
    /// A host that refuses some calls for reasons of their own (one URL, one account) is not slowed down ever more:
    /// below that share of the highest rate it took, a refusal counts only when they are many, and a lower rate makes them fewer.
    /// </summary>
    private const double Plausible = 0.75;

    /// <summary>Share of refusals that are many.</summary>
    private const double Many = 0.2;

    /// <summary>Share of refusals from which they are about the rate, whatever it was before.</summary>
    private const double Most = 0.6;

    /// <summary>So many calls taken after a cut show that it helped.</summary>
    private const int Relief = 16;

    /// <summary>After so many cuts that did not help, refusals are taken for the host's way: see <see cref="Truce"/>.</summary>
    private const int MostInVain = 3;

    /// <summary>In which refusals do not slow the host down, and it gets a fifth more each second while it uses that; then it is put to the test again.</summary>
    private static readonly TimeSpan Truce = TimeSpan.FromMinutes(1);

    private const double GrowthPerSecondInTruce = 0.2;

    /// <summary>Weight of the newest answer in the share of refusals.</summary>
    private const double Newest = 0.05;

    private readonly RecentTimes _started = new(clock);
    private readonly RecentTimes _taken = new(clock);
    private readonly TimeProvider _clock = clock;
    private int _inFlight;
    private int _takenSinceCut;
    private int _inVain;
    private double _highest;
    private double _refusedShare;
    private long _startedLast;
    private long _cutAt;
    private long _grownAt;
    private long? _truceSince;
    private long? _brokenAt;

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

            var distance = TimeSpan.FromSeconds(Distance / rate) - _clock.GetElapsedTime(_startedLast);
            var window = _started.Count + 1 > rate ? _started.UntilFewer : TimeSpan.Zero;
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
        _startedLast = _clock.GetTimestamp();
        _inFlight++;

        return before;
    }

    /// <summary>The call is over, whatever came of it.</summary>
    public void NoteEnd() => _inFlight--;

    public void NoteTaken()
    {
        _taken.Add();
        _takenSinceCut++;
        _refusedShare -= _refusedShare * Newest;
    }

    /// <returns>Whether the rate deals with it, so that it says nothing more about the host.</returns>
    public bool NoteRefused(HostCall call)
    {
        _refusedShare += (1 - _refusedShare) * Newest;

        if (PerSecond is not null && call.StartedAt < _cutAt)
        {
            return true;
        }

        // Those in flight are taken as accepted; those that were not are among the calls before, which bound it.
        var took = Math.Min(call.Before, _taken.Count + _inFlight);

        if ((_refusedShare < Most && IsWithin(_truceSince)) || (_refusedShare < Many && took < _highest * Plausible))
        {
            return false;
        }

        if (PerSecond is not null)
        {
            _inVain = _takenSinceCut < Relief ? _inVain + 1 : 1;
            _takenSinceCut = 0;

            // A truce that was broken is followed by none.
            if (_inVain > MostInVain && _refusedShare < Most && !IsWithin(_brokenAt))
            {
                _truceSince = _clock.GetTimestamp();
                return false;
            }
        }

        if (IsWithin(_truceSince))
        {
            (_truceSince, _brokenAt) = (null, _clock.GetTimestamp());
        }

        if (_taken.Count == 0)
        {
            return false;
        }

        Cut(took);
        return true;
    }

    private bool IsWithin(long? since) => since is { } start && _clock.GetElapsedTime(start) < Truce;

    private void Cut(int took)
    {
        _highest = _refusedShare < Many ? Math.Max(_highest, took) : took;
        PerSecond = Math.Max(Slowest, Share * Math.Min(took, PerSecond ?? took));
        _cutAt = _clock.GetTimestamp();
        _grownAt = _cutAt;
    }

    private void Grow()
    {
        if (PerSecond is not { } rate)
        {
            return;
        }

        var seconds = Math.Min(1, _clock.GetElapsedTime(_grownAt).TotalSeconds);
        _grownAt = _clock.GetTimestamp();

        var isTruce = IsWithin(_truceSince);

        if ((isTruce || _clock.GetElapsedTime(_cutAt) >= Rest) && _started.Count + 1 >= Math.Floor(rate) * Used)
        {
            var grown = rate * (1 + ((isTruce ? GrowthPerSecondInTruce : GrowthPerSecond) * seconds));
            PerSecond = grown < Fastest ? grown : null;
        }
    }
}
