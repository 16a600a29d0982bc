namespace Waybill.Bench.Scale.Autoscaling;

/// <summary>Minute by minute: what a load step does to the queue and to the number of workers.</summary>
internal sealed class ScalingSimulation(ScalingRules rules, LoadStep load, double taskPerSecond)
{
    /// <summary>ASSUMED: until a task that is wanted delivers.</summary>
    private const int StartSeconds = 60;

    /// <summary>ASSUMED: until a minute's metrics are there.</summary>
    private const int MetricSeconds = 60;

    private readonly Backlog _backlog = new();
    private readonly List<int> _wanted = [];

    /// <returns>How things stand at the end of each minute.</returns>
    public IReadOnlyList<Moment> Run()
    {
        var backlogPerTask = new TargetTracking(rules.MessagesPerTask);
        var arrivalsPerTask = new TargetTracking(rules.ArrivalsPerTask ?? double.PositiveInfinity);
        var tasks = new TaskCount(rules, rules.ArrivalsPerTask is null ? [backlogPerTask] : [backlogPerTask, arrivalsPerTask]);
        var moments = new List<Moment>();

        for (var second = 0; second < load.Minutes * 60; second++)
        {
            _wanted.Add(tasks.Wanted);
            var running = Running(second);

            _backlog.Arrive(second, load.At(second));
            _backlog.Deliver(running * taskPerSecond);

            if ((second + 1) % 60 == 0)
            {
                moments.Add(new Moment(moments.Count + 1, load.At(second), running, _backlog.Count, _backlog.Age(second), _backlog.Arrived, _backlog.Delivered));

                if (moments.Count > MetricSeconds / 60)
                {
                    var known = moments[^(1 + (MetricSeconds / 60))];
                    backlogPerTask.Add(known.Backlog / known.Tasks);
                    arrivalsPerTask.Add(known.Arriving / known.Tasks);
                    tasks.Decide(second);
                }
            }
        }

        return moments;
    }

    /// <summary>Those that were wanted long enough ago to have started, and are wanted still.</summary>
    private int Running(int second)
    {
        var start = Math.Max(0, second - StartSeconds);
        var running = _wanted[second];

        for (var before = start; before < second; before++)
        {
            running = Math.Min(running, _wanted[before]);
        }

        return running;
    }
}

/// <param name="Age">Seconds that the oldest message has waited.</param>
/// <param name="Arrived">Since the beginning, as <paramref name="Delivered"/>.</param>
internal sealed record Moment(int Minute, double Arriving, int Tasks, double Backlog, int Age, double Arrived, double Delivered);
