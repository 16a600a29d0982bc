using System.Diagnostics;
using Waybill.Bench.Measuring;

namespace Waybill.Bench.Tests;

public sealed class PercentilesTests
{
    private const double StatedError = 0.001;
    private const double Rounding = 0.005;

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(10_000)]
    [InlineData(2_000_000)]
    public void A_percentile_is_within_the_stated_error_over_the_whole_range(long scale)
    {
        var random = new Random(7);
        var milliseconds = Enumerable.Range(0, 20_000).Select(_ => random.NextDouble() * 256 * scale).Order().ToList();

        var percentiles = Of(milliseconds);

        AssertNear(milliseconds[9_999], percentiles.P50);
        AssertNear(milliseconds[17_999], percentiles.P90);
        AssertNear(milliseconds[19_799], percentiles.P99);
        Assert.Equal(milliseconds[^1], percentiles.Max, Rounding + 0.001);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(5, 3, 5, 5)]
    [InlineData(6, 3, 6, 6)]
    [InlineData(160, 80, 144, 159)]
    [InlineData(1_000, 500, 900, 990)]
    public void The_rank_is_the_first_that_the_share_does_not_exceed(int count, double p50, double p90, double p99)
    {
        var percentiles = Of(Enumerable.Range(1, count).Select(milliseconds => (double)milliseconds));

        AssertNear(p50, percentiles.P50);
        AssertNear(p90, percentiles.P90);
        AssertNear(p99, percentiles.P99);
        Assert.Equal(count, percentiles.Max);
    }

    [Fact]
    public void Nothing_counted_is_zero() => Assert.Equal(new Percentiles(0, 0, 0, 0), Of([]));

    [Fact]
    public void What_ended_before_it_began_took_no_time() => Assert.Equal(new Percentiles(0, 2, 2, 2), Of([-5, -1, 2]));

    [Fact]
    public void A_year_is_told_as_the_maximum()
    {
        var year = TimeSpan.FromDays(365).TotalMilliseconds;

        Assert.Equal((1, year), (Of([1, 1, year]).P50, Of([1, 1, year]).Max));
    }

    private static Percentiles Of(IEnumerable<double> milliseconds) =>
        Percentiles.Of(milliseconds.Select(one => (long)(one * Stopwatch.Frequency / 1000)));

    private static void AssertNear(double exact, double told) =>
        Assert.InRange(told, (exact * (1 - StatedError)) - Rounding, (exact * (1 + StatedError)) + Rounding);
}
