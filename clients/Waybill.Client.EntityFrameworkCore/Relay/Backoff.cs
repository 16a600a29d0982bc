namespace Waybill.Client.EntityFrameworkCore.Relay;

/// <summary>Pauses before what has failed is tried again: twice as long each time, and never all at the same moment.</summary>
internal static class Backoff
{
    private const int MostDoublings = 20;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <param name="failures">In a row, from 1.</param>
    /// <param name="asked">What Waybill asks for: it is never shorter, but no longer than an hour.</param>
    /// <param name="longest">Where nothing is asked for.</param>
    /// <param name="random">From 0 to 1: the half that chance decides on.</param>
    public static TimeSpan After(int failures, TimeSpan? asked, TimeSpan longest, double random)
    {
        var whole = TimeSpan.FromTicks(Math.Min(longest.Ticks, First.Ticks << Math.Min(failures - 1, MostDoublings)));
        var pause = whole * (0.5 + (random / 2));
        var least = asked is { } given ? TimeSpan.FromTicks(Math.Min(given.Ticks, LongestAsked.Ticks)) : TimeSpan.Zero;

        return least > pause ? least : pause;
    }
}
