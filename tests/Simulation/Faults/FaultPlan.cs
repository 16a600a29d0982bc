using Waybill.Simulation.Engine;

namespace Waybill.Simulation.Faults;

/// <summary>Decides by seed how each operation fares.</summary>
internal sealed class FaultPlan(EventLoop loop, Random random, FaultProfile profile)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ShortLag = TimeSpan.FromMilliseconds(10);
    private readonly TimeSpan[] _outageUntil = new TimeSpan[Enum.GetValues<Boundary>().Length];

    public FaultProfile Profile => profile;

    /// <summary>From then on everything works, so that the services can show that they recover.</summary>
    public bool IsOver { get; private set; }

    /// <summary>How many faults the run had.</summary>
    public int Injected { get; private set; }

    public void Stop()
    {
        IsOver = true;
        Array.Clear(_outageUntil);
    }

    public void Count() => Injected++;

    public void BeginOutage(Boundary boundary, TimeSpan length) => _outageUntil[(int)boundary] = loop.Now + length;

    public bool Happens(double rate)
    {
        var happens = !IsOver && rate > 0 && random.NextDouble() < rate;
        Injected += happens ? 1 : 0;
        return happens;
    }

    /// <summary>As long as <see cref="Lag"/> is at most.</summary>
    public TimeSpan MostLag => profile.Lag > ShortLag ? profile.Lag : ShortLag;

    public TimeSpan Lag() => IsOver ? ShortLag : profile.Lag * random.NextDouble();

    public TimeSpan Latency()
    {
        var most = random.Next(20) == 0 ? 100 : 4;
        return TimeSpan.FromMilliseconds(0.1 + (random.NextDouble() * most));
    }

    public Journey JourneyOf(Operation operation)
    {
        if (_outageUntil[(int)operation.Boundary] > loop.Now)
        {
            return random.Next(2) == 0
                ? new Journey(null, null)
                : new Journey(Latency(), Latency(), Refusal: FaultErrors.Refusal(operation.Boundary, random));
        }

        if (Happens(operation.FanOutStep is null ? profile.CrashAtOperation : profile.CrashAtFanOut))
        {
            var point = random.Next(2) == 0 ? CrashPoint.BeforeEffect : CrashPoint.AfterEffect;
            return new Journey(Latency(), Latency(), Crash: point);
        }

        return Happens(RateOf(operation.Boundary)) ? Trouble(operation.Boundary) : new Journey(Latency(), Latency());
    }

    private double RateOf(Boundary boundary) => boundary switch
    {
        Boundary.Table => profile.Table,
        Boundary.Status => profile.Status,
        _ => profile.Queue,
    };

    private Journey Trouble(Boundary boundary) => random.Next(5) switch
    {
        0 => new Journey(null, null),
        1 => new Journey(Latency(), null),
        2 => new Journey(Latency(), Latency(), Refusal: FaultErrors.Refusal(boundary, random)),
        3 => new Journey(Latency(), Latency(), Error: FaultErrors.Ambiguous(boundary)),
        _ => new Journey(LongestDelay * random.NextDouble(), Latency()),
    };
}
