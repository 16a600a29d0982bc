namespace Waybill.Bench.Scale.Dispatching;

/// <summary>Who polls what, and what comes due.</summary>
/// <param name="DuePerSecond">Records whose due time comes, spread evenly by chance.</param>
/// <param name="PollersOfShard">How many of the replicas look into a shard; all of them, as it is.</param>
internal sealed record PollingPlan(int Shards, int Replicas, double DuePerSecond, int PollersOfShard)
{
    /// <summary>What is measured, after a start that is not.</summary>
    public double Seconds { get; init; } = 10;

    public double WarmUpSeconds { get; init; } = 5;

    public static PollingPlan OfAll(int shards, int replicas, double duePerSecond) => new(shards, replicas, duePerSecond, replicas);

    public IReadOnlyList<int> ShardsOf(int replica) =>
        [.. Enumerable.Range(0, Shards).Where(shard => (((replica - shard) % Replicas) + Replicas) % Replicas < PollersOfShard)];
}
