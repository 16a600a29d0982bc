using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;

namespace Waybill.Notifications.Tests;

public sealed class ShardTests
{
    [Fact]
    public void Ids_spread_evenly_over_the_shards()
    {
        const int ids = 8000;
        var counts = Enumerable.Range(0, ids).Select(_ => Shards.Due(NotificationId.New(DateTimeOffset.UnixEpoch))).CountBy(shard => shard).ToDictionary();

        Assert.Equal(Shards.All.Order(), counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, ids / Shards.Count / 2, ids / Shards.Count * 2));
    }

    [Fact]
    public void A_created_shard_names_the_hour_in_utc()
    {
        var created = new DateTimeOffset(2026, 11, 20, 21, 30, 0, TimeSpan.FromHours(2));

        Assert.Contains(Shards.Created(created, "ntf_01m7x94pf06jsjcg96va8v4e3r"), Shards.CreatedIn(created));
        Assert.StartsWith("2026112019-", Shards.Created(created, "ntf_01m7x94pf06jsjcg96va8v4e3r"), StringComparison.Ordinal);
    }
}
