namespace Waybill.Bench.Scale.Sharding;

/// <summary>
/// Where the shards of an index come to lie. DynamoDB puts a partition key where a hash of its own says, so of few shards several
/// may share a partition; once a partition is hot it is split, but keys of a new hour lie where chance puts them again.
/// </summary>
internal sealed class Placement(int shards, int partitions, int seed)
{
    /// <summary>Placements that are tried.</summary>
    private const int Tries = 2_000;

    /// <summary>Share of the placements in which some partition gets more than it takes.</summary>
    /// <param name="units">Write units a second of the whole index.</param>
    public double Throttled(double units) =>
        Busiest().Count(keys => keys * units / shards > AwsLimits.PartitionWriteUnits) / (double)Tries;

    /// <summary>Most shards on one partition, for the usual placement.</summary>
    public int Usual() => Busiest().Order().ElementAt(Tries / 2);

    private IEnumerable<int> Busiest()
    {
        var random = new Random(seed);
        var keys = new int[partitions];

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            Array.Clear(keys);

            for (var shard = 0; shard < shards; shard++)
            {
                keys[random.Next(partitions)]++;
            }

            yield return keys.Max();
        }
    }
}
