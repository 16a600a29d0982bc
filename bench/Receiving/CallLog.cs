namespace Waybill.Bench.Receiving;

/// <summary>When the calls for each notification of one load came.</summary>
internal sealed class CallLog(string run, int count)
{
    private readonly long[] _first = new long[count];
    private readonly int[] _calls = new int[count];

    /// <summary>The first part of the path of every call that belongs here.</summary>
    public string Run => run;

    /// <summary>Stopwatch time of the first call for it; null when none came.</summary>
    public long? FirstCall(int number) => Volatile.Read(ref _first[number]) is var time and not 0 ? time : null;

    public int Calls(int number) => Volatile.Read(ref _calls[number]);

    /// <returns>Which call for it this is, from 1.</returns>
    public int Note(int number, long time)
    {
        Interlocked.CompareExchange(ref _first[number], time, 0);
        return Interlocked.Increment(ref _calls[number]);
    }
}
