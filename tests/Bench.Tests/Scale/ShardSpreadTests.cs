using System.Security.Cryptography;
using System.Text;
using Waybill.Bench.Scale.Sharding;
using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;

namespace Waybill.Bench.Tests.Scale;

/// <summary>Rules out a hot-spot report that finds everything even, and shards that are none of production's.</summary>
public sealed class ShardSpreadTests
{
    private const int Ids = 50_000;

    [Theory]
    [InlineData(Shards.Count)]
    [InlineData(100)]
    [InlineData(512)]
    public void The_production_rule_is_even(int shards)
    {
        Assert.True(ShardSpread.Of(SeededIds.InTime(1, Ids), shards, id => Shards.Of(id, shards)).IsEven);
        Assert.True(ShardSpread.Of(SeededIds.OfKeys(1, Ids), shards, id => Shards.Of(id, shards)).IsEven);
    }

    [Fact]
    public void One_byte_of_the_hash_is_a_hot_spot_for_a_hundred_shards_and_for_512()
    {
        Assert.False(ShardSpread.Of(SeededIds.InTime(1, Ids), 100, id => OneByte(id) % 100).IsEven);
        Assert.False(ShardSpread.Of(SeededIds.InTime(1, Ids), 512, id => OneByte(id) % 512).IsEven);
    }

    [Fact]
    public void The_first_characters_of_an_id_are_a_hot_spot_as_they_are_its_time()
    {
        var spread = ShardSpread.Of(SeededIds.InTime(1, Ids), Shards.Count, id => id[NotificationId.Prefix.Length] % Shards.Count);

        Assert.False(spread.IsEven);
        Assert.Equal(1, spread.BusiestShare);
    }

    [Fact]
    public void Seeded_ids_are_valid_different_and_the_same_again()
    {
        var ids = SeededIds.InTime(7, 1_000).ToList();

        Assert.All(ids, id => Assert.True(NotificationId.IsValid(id)));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(ids, SeededIds.InTime(7, 1_000));
        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
        Assert.NotEqual(ids, SeededIds.InTime(8, 1_000));
    }

    [Fact]
    public void The_shard_that_is_counted_is_the_one_that_is_stored() => Assert.All(
        SeededIds.InTime(1, 1_000),
        id => Assert.Equal(Shards.Due(id), Shards.All[Shards.Of(id)]));

    private static int OneByte(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id))[0];
}
