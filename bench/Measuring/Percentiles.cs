using System.Diagnostics;
using HdrHistogram;

namespace Waybill.Bench.Measuring;

/// <summary>Milliseconds; all but the maximum are wrong by 0.1 % at most.</summary>
internal sealed record Percentiles(double P50, double P90, double P99, double Max)
{
    private const double MicrosecondsInSecond = 1_000_000;
    private const int SignificantDigits = 3;

    /// <summary>A week: no run takes longer, and from 25 days on the histogram's buckets are wrong (version 2.5.0).</summary>
    private const long LongestTold = 7L * 24 * 3600 * 1_000_000;

    /// <param name="ticks">Differences of Stopwatch timestamps; negative counts as 0. None: all zero.</param>
    public static Percentiles Of(IEnumerable<long> ticks)
    {
        var histogram = new LongHistogram(LongestTold, SignificantDigits);
        var longest = 0L;

        foreach (var tick in ticks)
        {
            var microseconds = Math.Max(0, (long)(tick * MicrosecondsInSecond / Stopwatch.Frequency));

            histogram.RecordValue(Math.Min(LongestTold, microseconds));
            longest = Math.Max(longest, microseconds);
        }

        return histogram.TotalCount == 0 ? new Percentiles(0, 0, 0, 0) : new Percentiles(At(0.5), At(0.9), At(0.99), Milliseconds(longest));

        // By the nearest rank, which is made whole here: the histogram would round it to either side.
        double At(double share)
        {
            var rank = Math.Ceiling(share * histogram.TotalCount);
            return Milliseconds(Math.Min(longest, histogram.GetValueAtPercentile(100 * rank / histogram.TotalCount)));
        }
    }

    public override string ToString() => FormattableString.Invariant($"p50 {P50,8:0.0}   p90 {P90,8:0.0}   p99 {P99,8:0.0}   max {Max,8:0.0} ms");

    private static double Milliseconds(long microseconds) => Math.Round(microseconds / 1000.0, 2);
}
