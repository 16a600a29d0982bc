using System.Numerics;

namespace Waybill.Bench.Scale.Sharding;

/// <summary>Shards and partitions that an index needs at a rate.</summary>
/// <param name="Units">Write units a second of the whole index.</param>
/// <param name="Shards">A power of two.</param>
/// <param name="Partitions">To which it is to be warmed up.</param>
internal sealed record IndexNeed(double Units, int Shards, int Partitions)
{
    /// <summary>Partitions over those that the load alone would fill, so that chance has room.</summary>
    private const int Warm = 4;

    /// <summary>Placements that may go wrong: one hour in a thousand.</summary>
    private const double MayThrottle = 0.001;

    public double UnitsPerShard => Units / Shards;

    /// <summary>Keys that stay: a hot partition is split until each shard has room, so only a single shard may not be too hot.</summary>
    public static IndexNeed OfLasting(double units, ScaleInputs inputs) => Least(units, inputs);

    /// <summary>Keys that are new each hour: there is no time to split, so chance has to place them well.</summary>
    public static IndexNeed OfHourly(double units, ScaleInputs inputs)
    {
        var need = Least(units, inputs);

        while (new Placement(need.Shards, need.Partitions, inputs.Seed).Throttled(units) > MayThrottle)
        {
            need = need with { Shards = need.Shards * 2 };
        }

        return need;
    }

    private static IndexNeed Least(double units, ScaleInputs inputs)
    {
        var least = Math.Max(Notifications.Storage.Shards.Count, units / (AwsLimits.PartitionWriteUnits * inputs.PartitionUse));
        var partitions = Math.Max(AwsLimits.NewTableWriteUnits, units * Warm) / AwsLimits.PartitionWriteUnits;

        return new IndexNeed(units, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Ceiling(least)), (int)Math.Ceiling(partitions));
    }
}
