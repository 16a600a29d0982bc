using System.Diagnostics;

namespace Waybill.Bench.Measuring;

/// <summary>Milliseconds.</summary>
internal sealed record Percentiles(double P50, double P90, double P99, double Max)
{
    private const double MicrosecondsInSecond = 1_000_000;

    /// <param name="ticks">Differences of Stopwatch timestamps; none: all zero.</param>
    public static Percentiles Of(IEnumerable<long> ticks)
    {
        var histogram = new Histogram();

        foreach (var tick in ticks)
        {
            histogram.Add((long)(tick * MicrosecondsInSecond / Stopwatch.Frequency));
        }

        return new Percentiles(At(0.5), At(0.9), At(0.99), At(1));

        double At(double share) => Math.Round(histogram.At(share) / 1000, 2);
    }

    public override string ToString() => FormattableString.Invariant($"p50 {P50,8:0.0}   p90 {P90,8:0.0}   p99 {P99,8:0.0}   max {Max,8:0.0} ms");
}
