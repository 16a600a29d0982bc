using Microsoft.Extensions.Time.Testing;

namespace Waybill.DeliveryWorker.Tests.Fairness;

/// <summary>What hosts of all kinds get, by concurrency, rate and circuit together.</summary>
public sealed class HostTrafficTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_refusal_at_low_traffic_is_no_limit_and_a_burst_after_it_is_delivered_within_ten_seconds(int refusals)
    {
        var traffic = Traffic(5);

        for (var call = 0; call < 4 + refusals; call++)
        {
            traffic.Add(1);
            traffic.RunFor(Seconds(0.2), () => call < 4);
        }

        traffic.Add(200);

        Assert.InRange(traffic.RunUntilIdle(() => true, Seconds(60)).TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(30)]
    public void A_refusal_in_mid_burst_does_not_hold_up_the_rest_of_it(int takenBefore)
    {
        var traffic = Traffic(5);
        var calls = 0;
        traffic.Add(200);

        var time = traffic.RunUntilIdle(() => ++calls != takenBefore + 1, Seconds(60));

        Assert.InRange(time.TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(200)]
    public void A_backlog_for_a_host_that_allows_50_a_second_overruns_it_by_a_fifth_at_most_and_uses_four_fifths(int latency)
    {
        var traffic = Traffic(latency);
        var host = new LimitedHost(_clock, 50);
        traffic.Add(2000);

        traffic.RunFor(Seconds(40), host.Takes);

        Assert.InRange(host.MostInASecond, 1, 60);
        Assert.InRange(host.Taken / 40.0, latency < 200 ? 40 : 36, 50);
    }

    [Theory]
    [InlineData(2, 0.2)]
    [InlineData(10, 0.1)]
    [InlineData(100, 0.1)]
    public void A_token_bucket_is_used_to_four_fifths_and_refuses_few(int perSecond, double mostRefused)
    {
        var traffic = Traffic(10);
        var bucket = new TokenBucket(_clock, perSecond, size: perSecond * 5);
        traffic.Add(100_000);

        traffic.RunFor(Seconds(20), bucket.Takes);
        var (taken, refused) = (traffic.Taken, traffic.Refused);
        traffic.RunFor(Seconds(100), bucket.Takes);

        Assert.InRange((traffic.Taken - taken) / 100.0, perSecond * 0.8, perSecond * 1.05);
        Assert.InRange(traffic.Refused - refused, 0, traffic.Made * mostRefused);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.4)]
    [InlineData(0.6)]
    public void A_host_that_refuses_at_random_gets_at_least_half_of_what_comes(double share)
    {
        foreach (var perSecond in new[] { 20.0, 100.0 })
        {
            foreach (var seed in Enumerable.Range(1, 5))
            {
                var traffic = Traffic(20);
                var chance = new Random(seed);

                traffic.RunFor(Seconds(120), () => chance.NextDouble() >= share, perSecond);

                Assert.True(traffic.Made >= 120 * perSecond / 2, $"{traffic.Made} of {120 * perSecond} at {perSecond}/s, seed {seed}");
            }
        }
    }

    [Fact]
    public void A_limit_that_rises_is_used_within_twenty_seconds()
    {
        var traffic = Traffic(10);
        var low = new LimitedHost(_clock, 10);
        var high = new LimitedHost(_clock, 100);
        traffic.Add(100_000);
        traffic.RunFor(Seconds(30), low.Takes);

        traffic.RunFor(Seconds(20), high.Takes);
        var taken = high.Taken;
        traffic.RunFor(Seconds(20), high.Takes);

        Assert.InRange((high.Taken - taken) / 20.0, 80, 100);
    }

    [Fact]
    public void A_limit_that_falls_is_found_within_three_seconds()
    {
        var traffic = Traffic(10);
        var high = new LimitedHost(_clock, 100);
        var low = new LimitedHost(_clock, 10);
        traffic.Add(100_000);
        traffic.RunFor(Seconds(30), high.Takes);

        traffic.RunFor(Seconds(3), low.Takes);
        var (taken, refused) = (low.Taken, low.Refused);
        traffic.RunFor(Seconds(60), low.Takes);

        Assert.InRange(refused, 1, 150);
        Assert.InRange((low.Taken - taken) / 60.0, 7, 10);
        Assert.InRange(low.Refused - refused, 0, 42);
    }

    [Fact]
    public void A_host_that_names_a_time_is_left_alone_for_so_long_and_gets_its_backlog_at_once_then()
    {
        var traffic = Traffic(5);
        var calls = 0;
        traffic.Add(1);
        traffic.RunFor(Seconds(0.1), () => ++calls > 1, wish: Seconds(3));
        traffic.Add(200);

        traffic.RunFor(Seconds(2.8), () => true);
        Assert.Equal(1, traffic.Made);

        Assert.InRange(traffic.RunUntilIdle(() => true, Seconds(60)).TotalSeconds, 0, 5);
    }

    [Fact]
    public void A_paced_host_that_then_refuses_everything_is_only_probed()
    {
        var traffic = Traffic(10);
        var host = new LimitedHost(_clock, 50);
        traffic.Add(100_000);
        traffic.RunFor(Seconds(10), host.Takes);
        var made = traffic.Made;

        traffic.RunFor(Seconds(60), () => false);

        Assert.True(traffic.Health.IsProbed);
        Assert.InRange(traffic.Made - made, 1, 60);
    }

    private SimulatedTraffic Traffic(int latencyMilliseconds) => new(_clock, TimeSpan.FromMilliseconds(latencyMilliseconds));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
