using System.Diagnostics;

namespace Waybill.Bench.Reporting;

/// <summary>Milliseconds, by the nearest rank.</summary>
internal sealed record Durations(double P50, double P99, double Max)
{
    /// <param name="ticks">Differences of Stopwatch timestamps; none: all zero.</param>
    public static Durations Of(IEnumerable<long> ticks)
    {
        var sorted = ticks.Select(tick => tick * 1000.0 / Stopwatch.Frequency).Order().ToList();

        return sorted.Count == 0 ? new(0, 0, 0) : new(At(sorted, 0.50), At(sorted, 0.99), Math.Round(sorted[^1], 1));
    }

    public override string ToString() => FormattableString.Invariant($"p50 {P50:0.0} ms, p99 {P99:0.0} ms, longest {Max:0.0} ms");

    private static double At(List<double> sorted, double share)
    {
        var rank = (int)Math.Ceiling(share * sorted.Count);
        return Math.Round(sorted[Math.Max(rank, 1) - 1], 1);
    }
}
