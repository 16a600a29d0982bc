using Waybill.StatusService.Counters;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>Into pieces of which length a window is cut: a round one, that gives about as many as a chart can show.</summary>
internal sealed record BucketSize(int Seconds)
{
    private const int MostBuckets = 60;

    private static readonly int[] RoundSeconds = [60, 120, 300, 600, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800];

    /// <param name="shortest">As long as the pieces in which it was counted.</param>
    public static BucketSize For(TimeSpan window, TimeSpan shortest) =>
        new(RoundSeconds.FirstOrDefault(seconds => seconds >= shortest.TotalSeconds && window.TotalSeconds / seconds <= MostBuckets, RoundSeconds[^1]));

    /// <summary>Every piece of a window, also those in which nothing happened.</summary>
    public IReadOnlyList<SummaryBucket> Series(CountedWindow counted, DateTimeOffset from, DateTimeOffset to)
    {
        var tallies = counted.Pieces.ToLookup(piece => IndexOf(piece.Key), piece => piece.Value);
        var series = new List<SummaryBucket>();

        for (var index = IndexOf(from); StartOf(index) < to; index++)
        {
            var tally = Tally.Sum(tallies[index]);

            series.Add(new SummaryBucket(
                StartOf(index),
                tally.Accepted,
                tally.Succeeded,
                tally.Failed.Values.Sum(),
                tally.Attempts,
                tally.Latency.Percentile(0.5),
                tally.Latency.Percentile(0.9),
                tally.Latency.Percentile(0.99)));
        }

        return series;
    }

    /// <summary>Of the piece that a time lies in, counted from 1970.</summary>
    private long IndexOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / Seconds;

    private DateTimeOffset StartOf(long index) => DateTimeOffset.FromUnixTimeSeconds(index * Seconds);
}
