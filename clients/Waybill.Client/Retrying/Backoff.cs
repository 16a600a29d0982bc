namespace Waybill.Client.Retrying;

/// <summary>The pauses between calls that fail: twice as long each time, and never all at the same moment.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <param name="attempt">The one that has failed, from 1.</param>
    /// <param name="retryAfter">What the service asks for: it is never shorter.</param>
    /// <param name="random">From 0 to 1: the half of it that chance decides on, and a tenth on top of what the service asks for.</param>
    public static TimeSpan After(int attempt, TimeSpan? retryAfter, double random)
    {
        var whole = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(attempt - 1, 16)));
        var pause = whole * (0.5 + (random / 2));
        var asked = (retryAfter ?? TimeSpan.Zero) * (1 + (random / 10));

        return asked > pause ? asked : pause;
    }
}
