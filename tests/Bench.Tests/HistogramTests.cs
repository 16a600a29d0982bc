using Waybill.Bench.Measuring;

namespace Waybill.Bench.Tests;

public sealed class HistogramTests
{
    private const double StatedError = 0.004;

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    [InlineData(40_000_000_000)]
    public void A_percentile_is_within_the_stated_error_over_the_whole_range(long scale)
    {
        var histogram = new Histogram();
        var random = new Random(7);
        var values = Enumerable.Range(0, 20_000).Select(_ => (long)(random.NextDouble() * 256 * scale)).ToList();
        values.ForEach(histogram.Add);

        var sorted = values.Order().ToList();

        foreach (var share in (double[])[0.01, 0.5, 0.9, 0.99, 0.999])
        {
            var exact = sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
            Assert.InRange(histogram.At(share), exact * (1 - StatedError), exact * (1 + StatedError));
        }

        Assert.Equal(sorted[^1], histogram.At(1));
    }

    [Fact]
    public void Nothing_counted_is_zero()
    {
        Assert.Equal(0, new Histogram().At(0.99));
    }
}
