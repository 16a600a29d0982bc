using Waybill.Bench.Scale.Sharding;
using Waybill.IntakeService.Dispatching;
using Waybill.Notifications.Storage;

namespace Waybill.Bench.Scale.Dispatching;

/// <summary>
/// Dispatchers on one index, in simulated time. Intervals, page size and concurrency are production's; a pass goes as
/// <see cref="DispatchPass"/> does: all shards at once, what is due in its order, several at a time, each read, marked and sent.
/// </summary>
internal sealed class PollingSimulation
{
    private readonly PriorityQueue<Action<double>, double> _agenda = new();
    private readonly PollingPlan _plan;
    private readonly Random _random;
    private readonly DueShard[] _shards;

    public PollingSimulation(PollingPlan plan, int seed)
    {
        _plan = plan;
        _random = new Random(seed);
        _shards = Arrivals(seed);
    }

    public PollingFigures Figures { get; private set; } = new();

    /// <summary>Records that came due and were not marked by the end.</summary>
    public int Waiting => _shards.Sum(shard => shard.Waiting(End));

    /// <summary>All that came due.</summary>
    public int Due { get; private set; }

    private double End => _plan.WarmUpSeconds + _plan.Seconds;

    public PollingSimulation Run()
    {
        At(_plan.WarmUpSeconds, _ => Figures = new PollingFigures());

        for (var replica = 0; replica < _plan.Replicas; replica++)
        {
            var poller = new Poller(this, [.. _plan.ShardsOf(replica).Select(shard => _shards[shard])]);
            At(_random.NextDouble(), poller.Poll);
        }

        while (_agenda.TryDequeue(out var next, out var now) && now <= End)
        {
            next(now);
        }

        return this;
    }

    internal void At(double time, Action<double> what) => _agenda.Enqueue(what, time);

    internal TimeSpan Jittered(TimeSpan wait) => PollInterval.WithJitter(wait, _random.NextDouble());

    /// <summary>The production rule says which shard each record is in.</summary>
    private DueShard[] Arrivals(int seed)
    {
        var random = new Random(seed);
        var shards = Enumerable.Range(0, _plan.Shards).Select(_ => new List<DueRecord>()).ToArray();
        var time = 0.0;

        foreach (var id in SeededIds.InTime(seed, (int)(_plan.DuePerSecond * End * 2)))
        {
            time += -Math.Log(1 - random.NextDouble()) / _plan.DuePerSecond;

            if (time > End)
            {
                break;
            }

            shards[Shards.Of(id, _plan.Shards)].Add(new DueRecord(time));
            Due++;
        }

        return [.. shards.Select(records => new DueShard(records))];
    }
}
