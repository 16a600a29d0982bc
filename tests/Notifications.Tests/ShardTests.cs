using System.Security.Cryptography;
using System.Text;
using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;

namespace Waybill.Notifications.Tests;

public sealed class ShardTests
{
    private const int Ids = 200_000;

    private static readonly Lazy<string[]> TimeOrdered = new(() =>
        [.. Enumerable.Range(0, Ids).Select(number => NotificationId.New(DateTimeOffset.UnixEpoch.AddMilliseconds(number)))]);

    private static readonly Lazy<string[]> OfKeys = new(() =>
        [.. Enumerable.Range(0, Ids).Select(number => NotificationId.FromIdempotencyKey("owner", $"key-{number}"))]);

    [Fact]
    public void Ids_spread_evenly_over_the_shards()
    {
        const int ids = 8000;
        var counts = Enumerable.Range(0, ids).Select(_ => Shards.Due(NotificationId.New(DateTimeOffset.UnixEpoch))).CountBy(shard => shard).ToDictionary();

        Assert.Equal(Shards.All.Order(), counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, ids / Shards.Count / 2, ids / Shards.Count * 2));
    }

    /// <summary>
    /// Rules out a rule that is even over today's shards alone: docs/scale.md plans with hundreds. Chance alone makes the busiest of many
    /// shards busier, six standard deviations about once in a million runs.
    /// </summary>
    [Theory]
    [InlineData(Shards.Count)]
    [InlineData(100)]
    [InlineData(512)]
    public void Ids_of_both_kinds_spread_as_evenly_as_chance_allows_over_any_number_of_shards(int shards)
    {
        Assert.True(IsEven(TimeOrdered.Value, shards, id => Shards.Of(id, shards)));
        Assert.True(IsEven(OfKeys.Value, shards, id => Shards.Of(id, shards)));
    }

    /// <summary>Rules out a measure that finds everything even.</summary>
    [Fact]
    public void One_byte_of_the_hash_and_the_first_character_would_not_be_even()
    {
        Assert.False(IsEven(TimeOrdered.Value, 100, id => OneByte(id) % 100));
        Assert.False(IsEven(TimeOrdered.Value, 512, id => OneByte(id) % 512));
        Assert.False(IsEven(TimeOrdered.Value, Shards.Count, id => id[NotificationId.Prefix.Length] % Shards.Count));
    }

    [Fact]
    public void The_shard_that_is_counted_is_the_one_that_is_stored() => Assert.All(
        TimeOrdered.Value.Take(1_000),
        id => Assert.Equal(Shards.Due(id), Shards.All[Shards.Of(id)]));

    [Fact]
    public void A_created_shard_names_the_hour_in_utc()
    {
        var created = new DateTimeOffset(2026, 11, 20, 21, 30, 0, TimeSpan.FromHours(2));

        Assert.Contains(Shards.Created(created, "ntf_01m7x94pf06jsjcg96va8v4e3r"), Shards.CreatedIn(created));
        Assert.StartsWith("2026112019-", Shards.Created(created, "ntf_01m7x94pf06jsjcg96va8v4e3r"), StringComparison.Ordinal);
    }

    private static bool IsEven(IEnumerable<string> ids, int shards, Func<string, int> shardOf)
    {
        const double deviations = 6;
        var counts = new int[shards];

        foreach (var id in ids)
        {
            counts[shardOf(id)]++;
        }

        var mean = counts.Average();
        return Math.Max(counts.Max() - mean, mean - counts.Min()) <= deviations * Math.Sqrt(mean);
    }

    private static int OneByte(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id))[0];
}
