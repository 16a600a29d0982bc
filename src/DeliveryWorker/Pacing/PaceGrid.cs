namespace Waybill.DeliveryWorker.Pacing;

/// <summary>
/// When an endpoint with a rate of its own may be called: at slots of time, evenly spaced and the same for all workers, each for one call. Every other slot is a worker's own by its
/// place among the workers; the others go by tickets, of which the slots of each second are numbered. So workers that agree on the time, on the rate and on how many they are
/// never make two calls in one slot, and nobody has to write anything for half of the slots.
/// </summary>
internal sealed class PaceGrid
{
    /// <summary>Of the rate that the slots make up, in hundredths: what is over is for calls that are a little late, and for clocks.</summary>
    private const int Share = 97;

    /// <summary>The same of a rate of which a tenth is no whole call, so that no second may have one more.</summary>
    private const int ShareOfLow = 95;

    private const int Low = 10;

    /// <summary>Of the rate that may be called in any second, in hundredths.</summary>
    private const int Bound = 110;

    /// <summary>Of the time by which calls could be late at that bound; what is over is for clocks and the network.</summary>
    private const double OfLateness = 2.0 / 3;

    private static readonly UInt128 Stretch = 100 * TimeSpan.TicksPerSecond;

    /// <summary>Slots in <see cref="Stretch"/>: a whole number, so that their times are exact.</summary>
    private readonly UInt128 _perStretch;

    /// <param name="maxPerSecond">1–1,000.</param>
    public PaceGrid(int maxPerSecond)
    {
        MaxPerSecond = maxPerSecond;
        var perStretch = (maxPerSecond < Low ? ShareOfLow : Share) * maxPerSecond;
        _perStretch = (UInt128)perStretch;
        PerSecond = perStretch / 100.0;
        Lateness = TimeSpan.FromSeconds(((maxPerSecond * Bound / 100 / PerSecond) - 1) * OfLateness);
    }

    public int MaxPerSecond { get; }

    /// <summary>Slots.</summary>
    public double PerSecond { get; }

    /// <summary>After its slot's begin a call may still start: 35 ms at rates below ten, else about 90 ms. Later it takes another slot.</summary>
    public TimeSpan Lateness { get; }

    public DateTime TimeOf(long slot) => DateTime.UnixEpoch.AddTicks((long)((UInt128)slot * Stretch / _perStretch));

    /// <summary>The first slot that does not begin before.</summary>
    public long FirstAt(DateTime time) => (long)((((UInt128)(time - DateTime.UnixEpoch).Ticks * _perStretch) + Stretch - 1) / Stretch);

    /// <summary>The first slot that does not lie before, and is the own one of that worker.</summary>
    /// <param name="rank">Its place among them, from 0.</param>
    public static long NextOwn(long from, int workers, int rank)
    {
        var turn = (from + 1) / 2;
        return 2 * (turn + ((rank - (turn % workers) + workers) % workers));
    }

    /// <summary>Slots that lie between and are the own ones of one of so many workers.</summary>
    public static long CountOwn(long from, long before, int workers, int rank)
    {
        var first = NextOwn(from, workers, rank);
        return first >= before ? 0 : ((before - 1 - first) / (2L * workers)) + 1;
    }

    /// <summary>Whether a slot goes by a ticket.</summary>
    public static bool IsForTicket(long slot) => slot % 2 == 1;

    /// <summary>Slots of that second that go by tickets.</summary>
    /// <param name="second">Since 1970.</param>
    public int TicketsIn(long second)
    {
        var (first, end) = TicketsOf(second);
        return (int)Math.Max(0, (end - first + 1) / 2);
    }

    /// <summary>The slot of a ticket; null beyond the second's last.</summary>
    /// <param name="number">From 0.</param>
    public long? SlotOf(long second, int number)
    {
        var (first, end) = TicketsOf(second);
        var slot = first + (2L * number);
        return slot < end ? slot : null;
    }

    private (long First, long End) TicketsOf(long second)
    {
        var first = FirstAt(StartOf(second));
        return (IsForTicket(first) ? first : first + 1, FirstAt(StartOf(second + 1)));
    }

    /// <param name="second">Since 1970.</param>
    public static DateTime StartOf(long second) => DateTime.UnixEpoch.AddSeconds(second);

    public static long SecondOf(DateTime time) => (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
}
