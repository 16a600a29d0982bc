using Waybill.Bench.Scale;
using Waybill.Bench.Scale.Sharding;

namespace Waybill.Bench.Tests.Scale;

/// <summary>Rules out shards that look enough while partitions are too hot.</summary>
public sealed class PlacementTests
{
    [Fact]
    public void On_one_partition_all_shards_share_its_limit()
    {
        var placement = new Placement(shards: 8, partitions: 1, seed: 1);

        Assert.Equal(8, placement.Usual());
        Assert.Equal(0, placement.Throttled(AwsLimits.PartitionWriteUnits));
        Assert.Equal(1, placement.Throttled(AwsLimits.PartitionWriteUnits + 1));
    }

    [Fact]
    public void A_shard_over_the_limit_is_over_it_wherever_it_lies() =>
        Assert.Equal(1, new Placement(shards: 8, partitions: 1_000, seed: 1).Throttled(8 * AwsLimits.PartitionWriteUnits * 1.01));

    /// <summary>Two shards on two partitions meet in every second placement.</summary>
    [Fact]
    public void Chance_is_fair() =>
        Assert.InRange(new Placement(shards: 2, partitions: 2, seed: 1).Throttled(AwsLimits.PartitionWriteUnits * 1.5), 0.45, 0.55);

    [Fact]
    public void What_is_recommended_keeps_the_limit()
    {
        var inputs = new ScaleInputs();

        Assert.All(ShardNeeds.Of(inputs), need =>
        {
            Assert.InRange(need.Due.UnitsPerShard, 0, AwsLimits.PartitionWriteUnits * inputs.PartitionUse);
            Assert.InRange(new Placement(need.Recent.Shards, need.Recent.Partitions, seed: 99).Throttled(need.Recent.Units), 0, 0.005);
        });
    }
}
