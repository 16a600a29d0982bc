using Waybill.Notifications.Records;

namespace Waybill.Notifications.Tests;

public sealed class NotificationIdTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);

    [Fact]
    public void Ids_are_valid_different_and_in_order_of_time()
    {
        var ids = Enumerable.Range(0, 1000).Select(millisecond => NotificationId.New(Now.AddMilliseconds(millisecond))).ToList();

        Assert.All(ids, id => Assert.True(NotificationId.IsValid(id), id));
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Ids_of_one_millisecond_differ()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => NotificationId.New(Now)).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void A_key_gives_the_same_id_to_one_owner_and_another_to_another()
    {
        var id = NotificationId.FromIdempotencyKey("alice", "order-1");

        Assert.True(NotificationId.IsValid(id));
        Assert.Equal(id, NotificationId.FromIdempotencyKey("alice", "order-1"));
        Assert.NotEqual(id, NotificationId.FromIdempotencyKey("bob", "order-1"));
        Assert.NotEqual(id, NotificationId.FromIdempotencyKey("alice", "order-2"));
    }

    [Fact]
    public void Owner_and_key_cannot_be_shifted_into_each_other() =>
        Assert.NotEqual(NotificationId.FromIdempotencyKey("ab", "c"), NotificationId.FromIdempotencyKey("a", "bc"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ntf_")]
    [InlineData("ntf_01m7x94pf06jsjcg96va8v4e3")]
    [InlineData("ntf_01m7x94pf06jsjcg96va8v4e3rr")]
    [InlineData("NTF_01m7x94pf06jsjcg96va8v4e3r")]
    [InlineData("ntf_01M7X94PF06JSJCG96VA8V4E3R")]
    [InlineData("ntf_01m7x94pf06jsjcg96va8v4e3u")]
    [InlineData("ntf_../../../../../../../../etc")]
    public void What_is_no_id_is_told_apart(string? text) => Assert.False(NotificationId.IsValid(text));
}
