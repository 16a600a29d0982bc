namespace Waybill.DeliveryWorker.Tests.Pacing;

/// <summary>Rules out that workers together call an endpoint more often than its rate says, that they leave it idle while there is a backlog, and that a quiet one costs writes.</summary>
public sealed class EndpointPacerTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(7, 3)]
    [InlineData(10, 1)]
    [InlineData(10, 3)]
    [InlineData(50, 3)]
    [InlineData(50, 5)]
    [InlineData(200, 3)]
    [InlineData(100, 8)]
    public void With_a_backlog_no_second_has_more_than_its_rate_and_hardly_a_slot_is_left_empty(int rate, int workers)
    {
        for (var seed = 1; seed <= 2; seed++)
        {
            var pace = new SimulatedPace(rate, workers, seed, clocksDiffer: rate < 10 ? 5 : 20, longestLate: rate < 10 ? 20 : 60);
            pace.Add((int)(rate * 2 * Long.TotalSeconds));
            pace.RunFor(TimeSpan.FromSeconds(3));
            var before = pace.Calls.Count;
            pace.RunFor(Long);

            Assert.InRange(pace.Busiest, 1, rate * 110 / 100);
            Assert.InRange((pace.Calls.Count - before) / Long.TotalSeconds / rate, 0.9, 1);
        }
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(50, 3)]
    [InlineData(200, 4)]
    public void Below_a_third_of_its_rate_nobody_asks_for_tickets_and_nothing_is_given_back(int rate, int workers)
    {
        for (var seed = 1; seed <= 2; seed++)
        {
            var pace = new SimulatedPace(rate, workers, seed);
            pace.RunFor(Long, perSecond: rate * 0.3);

            Assert.InRange(pace.Calls.Count, rate * 0.25 * Long.TotalSeconds, rate * 0.35 * Long.TotalSeconds);
            Assert.Empty(pace.Asked);
            Assert.Equal(0, pace.GivenBack);
            Assert.InRange(pace.Busiest, 1, rate);
        }
    }

    [Fact]
    public void Ten_that_come_at_a_time_are_no_reason_to_ask()
    {
        var pace = new SimulatedPace(50, 3, seed: 1);

        for (var second = 0; second < 20; second++)
        {
            pace.AddTogether(10);
            pace.RunFor(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(pace.Asked);
    }

    [Fact]
    public void Without_tickets_the_own_slots_do_half_of_it()
    {
        var pace = new SimulatedPace(50, 3, seed: 1) { HasTickets = false };
        pace.Add(4_000);
        pace.RunFor(Long);

        Assert.InRange(pace.Calls.Count / Long.TotalSeconds / 50, 0.4, 0.5);
    }

    [Fact]
    public void A_load_between_waits_for_seconds_at_most()
    {
        var pace = new SimulatedPace(50, 3, seed: 1);
        pace.RunFor(Long, perSecond: 40);

        Assert.Equal(0, pace.GivenBack);
        Assert.InRange(pace.Waited.Max(), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void Each_worker_asks_once_for_a_second_at_most()
    {
        var pace = new SimulatedPace(50, 3, seed: 1);
        pace.Add(5_000);
        pace.RunFor(Long);

        Assert.NotEmpty(pace.Asked);
        Assert.Equal(pace.Asked.Distinct().Count(), pace.Asked.Count);
    }
}
