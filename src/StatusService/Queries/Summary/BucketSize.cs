namespace Waybill.StatusService.Queries.Summary;

/// <summary>Into pieces of which length a window is cut: a round one, that gives about as many as a chart can show.</summary>
internal sealed record BucketSize(int Seconds)
{
    private const int MostBuckets = 60;

    private static readonly int[] RoundSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800];

    public static BucketSize For(TimeSpan window) =>
        new(RoundSeconds.FirstOrDefault(seconds => window.TotalSeconds / seconds <= MostBuckets, RoundSeconds[^1]));

    /// <summary>Of the piece that a time lies in, counted from 1970.</summary>
    public long IndexOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / Seconds;

    public DateTimeOffset StartOf(long index) => DateTimeOffset.FromUnixTimeSeconds(index * Seconds);
}
