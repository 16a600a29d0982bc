using Waybill.Bench.Scale.Dispatching;
using Waybill.IntakeService.Dispatching;

namespace Waybill.Bench.Tests.Scale;

/// <summary>Rules out records that the simulated Dispatchers lose or send twice, and polls that production would not make.</summary>
public sealed class PollingSimulationTests
{
    private static readonly DispatcherOptions Options = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 10)]
    [InlineData(10, 2)]
    public void What_came_due_was_sent_once_or_is_waiting(int replicas, int pollers)
    {
        var simulation = Run(new PollingPlan(Shards: 16, replicas, DuePerSecond: 200, pollers));

        Assert.InRange(simulation.Due, 3_500, 4_500);
        Assert.Equal(simulation.Due, simulation.Figures.Dispatched + simulation.Waiting);
    }

    [Fact]
    public void Idle_replicas_poll_every_shard_at_the_idle_interval()
    {
        var figures = Run(PollingPlan.OfAll(shards: 8, replicas: 3, duePerSecond: 0) with { WarmUpSeconds = 10, Seconds = 300 }).Figures;

        var wait = Options.IdlePollSeconds * (1 - (PollInterval.Jitter / 2));
        Assert.InRange(figures.Queries, 0.95 * 300 * 8 * 3 / wait, 1.05 * 300 * 8 * 3 / wait);
        Assert.Equal(figures.Queries / 2.0, figures.ReadUnits);
    }

    [Fact]
    public void A_record_is_sent_within_two_busy_intervals_while_there_is_room() =>
        Assert.InRange(Run(PollingPlan.OfAll(shards: 8, replicas: 2, duePerSecond: 50)).Figures.Late(1), 0, 2 * Options.BusyPollSeconds);

    [Fact]
    public void One_replica_meets_nobody_and_many_do()
    {
        var alone = Run(PollingPlan.OfAll(shards: 8, replicas: 1, duePerSecond: 200)).Figures;
        var many = Run(PollingPlan.OfAll(shards: 8, replicas: 40, duePerSecond: 200)).Figures;

        Assert.Equal(0, alone.InVain + alone.Refused);
        Assert.True(many.InVain + many.Refused > many.Dispatched);
    }

    [Fact]
    public void Every_shard_has_as_many_pollers_as_planned()
    {
        var plan = new PollingPlan(Shards: 64, Replicas: 7, DuePerSecond: 0, PollersOfShard: 2);

        var pollers = Enumerable.Range(0, plan.Replicas).SelectMany(plan.ShardsOf).CountBy(shard => shard).ToList();
        Assert.Equal(plan.Shards, pollers.Count);
        Assert.All(pollers, shard => Assert.Equal(2, shard.Value));
    }

    private static PollingSimulation Run(PollingPlan plan) =>
        new PollingSimulation(plan with { WarmUpSeconds = plan.DuePerSecond > 0 ? 0 : plan.WarmUpSeconds, Seconds = plan.DuePerSecond > 0 ? 20 : plan.Seconds }, seed: 3).Run();
}
