using Waybill.StatusService.Counters;

namespace Waybill.StatusService.Tests.Counters;

/// <summary>Rules out a share of durations that is further off than is promised, whatever they are like and however they were added up.</summary>
public sealed class LatencyHistogramTests
{
    private const double LongestKnown = 30 * 365.25 * 24 * 60 * 60 * 1000;

    private static readonly double[] Shares = [0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 1];

    private static readonly Dictionary<string, double[]> Distributions = new()
    {
        ["one"] = [137],
        ["all the same"] = [.. Enumerable.Repeat(1234.5, 500)],
        ["a millisecond, at the edge of the first bucket"] = [.. Enumerable.Repeat(1.0, 10)],
        ["even"] = [.. Enumerable.Range(1, 5_000).Select(number => (double)number)],
        ["many fast, some slow"] = [.. Many(3_000, random => random.Next(100) < 98 ? 4 + random.NextDouble() : 30_000 + (60_000 * random.NextDouble()))],
        ["a few days for one in a thousand"] = [.. Many(20_000, random => random.Next(1_000) == 0 ? 3 * 24 * 60 * 60 * 1000.0 : 20 + (5 * random.NextDouble()))],
        ["each order of magnitude as likely as the next"] = [.. Many(10_000, random => Math.Pow(LongestKnown, random.NextDouble()))],
        ["exponential"] = [.. Many(10_000, random => 1 - (250 * Math.Log(1 - random.NextDouble())))],
        ["30 years"] = [LongestKnown, LongestKnown, 5],
    };

    public static TheoryData<string> Names => [.. Distributions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_share_is_known_within_ten_percent(string distribution)
    {
        var durations = Distributions[distribution];

        var histogram = Of(durations);

        Assert.Equal(durations.Length, histogram.Count);
        Assert.All(Shares, share => IsWithin(Exact(durations, share), histogram.Percentile(share)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_counted_apart_is_the_same_when_it_is_added_up(string distribution)
    {
        var durations = Distributions[distribution];
        var sum = Of(durations.Where((_, index) => index % 3 == 0));

        sum.Add(Of(durations.Where((_, index) => index % 3 == 1)));
        sum.Add(LatencyHistogram.Of(Of(durations.Where((_, index) => index % 3 == 2)).Text()));

        Assert.Equal(Of(durations).Text(), sum.Text());
        Assert.Equal(durations.Length, sum.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void As_text_it_stays_what_it_is(string distribution)
    {
        var histogram = Of(Distributions[distribution]);

        var read = LatencyHistogram.Of(histogram.Text());

        Assert.Equal(histogram.Text(), read.Text());
        Assert.Equal(histogram.Count, read.Count);
        Assert.Equal(Shares.Select(share => histogram.Percentile(share)), Shares.Select(share => read.Percentile(share)));
    }

    [Fact]
    public void Nothing_has_no_share_and_is_an_empty_text()
    {
        var histogram = new LatencyHistogram();

        Assert.Null(histogram.Percentile(0.5));
        Assert.Equal("", histogram.Text());
        Assert.Equal(0, LatencyHistogram.Of("").Count);
    }

    /// <summary>Clocks that differ make a negative duration; what took less than a millisecond took none that anybody would ask for.</summary>
    [Theory]
    [InlineData(-60_000)]
    [InlineData(0)]
    [InlineData(0.004)]
    [InlineData(0.999)]
    public void Below_a_millisecond_all_are_one(double milliseconds)
    {
        Assert.Equal(1, Of([milliseconds]).Percentile(1));
    }

    [Fact]
    public void Longer_than_anything_is_as_long_as_the_longest()
    {
        var longest = Of([TimeSpan.MaxValue.TotalMilliseconds]);

        Assert.True(longest.Percentile(1) > LongestKnown);
        Assert.Equal(longest.Text(), LatencyHistogram.Of(longest.Text()).Text());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("7")]
    [InlineData("7:")]
    [InlineData(":7")]
    [InlineData("7:8:9")]
    [InlineData("7:1 8")]
    [InlineData("-1:2")]
    [InlineData("1:-2")]
    [InlineData("+1:2")]
    [InlineData("1.0:2")]
    [InlineData("190:1")]
    [InlineData("99999999999:1")]
    [InlineData("1:99999999999999999999")]
    [InlineData("1:1,000")]
    public void A_text_that_is_none_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => LatencyHistogram.Of(text));
    }

    private static LatencyHistogram Of(IEnumerable<double> durations)
    {
        var histogram = new LatencyHistogram();

        foreach (var duration in durations)
        {
            histogram.Add(duration);
        }

        return histogram;
    }

    /// <summary>What that share took at most.</summary>
    private static double Exact(double[] durations, double share) =>
        durations.Order().ElementAt(Math.Max(1, (int)Math.Ceiling(share * durations.Length)) - 1);

    private static void IsWithin(double exact, double? told) => Assert.InRange(told!.Value, exact * 0.9, exact * 1.1);

    private static IEnumerable<double> Many(int count, Func<Random, double> next)
    {
        var random = new Random(count);
        return Enumerable.Range(0, count).Select(_ => next(random));
    }
}
