using Waybill.Bench.Scale.Autoscaling;
using Waybill.Infra.Services;

namespace Waybill.Bench.Tests.Scale;

/// <summary>Rules out a simulation that loses messages, or scales as the deployed policy does not.</summary>
public sealed class ScalingSimulationTests
{
    private const double TaskPerSecond = 100;

    private static readonly LoadStep Step = new(Before: 50, During: 1_000, FromMinute: 5, ToMinute: 60, Minutes: 120);

    [Fact]
    public void What_arrived_is_delivered_or_waits()
    {
        Assert.All(Run(ScalingRules.Deployed, Step), moment => Assert.Equal(moment.Arrived, moment.Delivered + moment.Backlog, 3));
        Assert.Equal((50.0 * 65 * 60) + (1_000.0 * 55 * 60), Run(ScalingRules.Deployed, Step)[^1].Arrived, 3);
    }

    [Fact]
    public void Tasks_stay_between_the_least_and_the_most()
    {
        var moments = Run(ScalingRules.Deployed, Step with { During = 100_000 });

        Assert.All(moments, moment => Assert.InRange(moment.Tasks, Sizes.LeastTasks, Sizes.MostWorkerTasks));
        Assert.Contains(moments, moment => moment.Tasks == Sizes.MostWorkerTasks);
    }

    [Fact]
    public void No_task_is_added_before_three_minutes_of_metrics_are_known_and_the_tasks_have_started()
    {
        var moments = Run(ScalingRules.Deployed, Step);

        Assert.All(moments.Where(moment => moment.Minute <= Step.FromMinute + 4), moment => Assert.Equal(Sizes.LeastTasks, moment.Tasks));
        Assert.Contains(moments, moment => moment.Minute <= Step.FromMinute + 7 && moment.Tasks > Sizes.LeastTasks);
    }

    [Fact]
    public void A_load_that_the_least_tasks_carry_changes_nothing() =>
        Assert.All(Run(ScalingRules.Deployed, Step with { During = 150 }), moment => Assert.Equal((Sizes.LeastTasks, 0.0), (moment.Tasks, moment.Backlog)));

    [Fact]
    public void A_queue_that_grows_by_itself_ages_as_it_would_on_paper()
    {
        var moments = Run(ScalingRules.Deployed with { MostTasks = Sizes.LeastTasks }, Step with { Before = 0 });

        // Ten minutes at 1,000 a second, of which 200 are delivered: what is delivered now came in a fifth of that time ago.
        var moment = moments[Step.FromMinute + 10 - 1];
        Assert.Equal(800 * 600, moment.Backlog, 0);
        Assert.InRange(moment.Age, 478, 481);
    }

    [Fact]
    public void It_shrinks_no_sooner_than_fifteen_minutes_after_and_never_within_its_pause()
    {
        var moments = Run(ScalingRules.Deployed, Step);
        var shrunk = moments.Zip(moments.Skip(1)).Where(pair => pair.Second.Tasks < pair.First.Tasks).Select(pair => pair.Second.Minute).ToList();
        var empty = moments.First(moment => moment.Minute > Step.FromMinute + 5 && moment.Backlog == 0).Minute;

        Assert.True(shrunk[0] >= empty + 15);
        Assert.All(shrunk.Zip(shrunk.Skip(1)), pair => Assert.True((pair.Second - pair.First) * 60 >= Sizes.InPauseSeconds));
    }

    private static IReadOnlyList<Moment> Run(ScalingRules rules, LoadStep load) => new ScalingSimulation(rules, load, TaskPerSecond).Run();
}
