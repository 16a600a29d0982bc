namespace Waybill.Bench.Scale.Sharding;

/// <summary>How evenly a way of sharding spreads ids: how many of them each shard got.</summary>
internal sealed record ShardSpread(IReadOnlyList<int> Counts)
{
    /// <summary>
    /// Chance alone makes the busiest of many shards busier. By five standard deviations it does so once in some hundred thousand
    /// tries: what lies beyond is a hot spot.
    /// </summary>
    private const double StandardDeviations = 5;

    private double Mean => Counts.Average();

    /// <summary>Of all load.</summary>
    public double BusiestShare => Counts.Max() / (double)Counts.Sum();

    public double BusiestToMean => Counts.Max() / Mean;

    public double IdlestToMean => Counts.Min() / Mean;

    public bool IsEven => Math.Max(Counts.Max() - Mean, Mean - Counts.Min()) <= StandardDeviations * Math.Sqrt(Mean);

    /// <param name="shardOf">Production's, or one to compare it with.</param>
    public static ShardSpread Of(IEnumerable<string> ids, int shards, Func<string, int> shardOf)
    {
        var counts = new int[shards];

        foreach (var id in ids)
        {
            counts[shardOf(id)]++;
        }

        return new ShardSpread(counts);
    }
}
