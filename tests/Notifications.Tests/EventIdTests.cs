using Waybill.Notifications.Records;

namespace Waybill.Notifications.Tests;

/// <summary>Rules out that a fan-out that is done again makes other notifications, or two different ones make the same.</summary>
public sealed class EventIdTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);

    [Fact]
    public void The_notification_of_an_event_and_an_endpoint_has_always_the_same_id()
    {
        var (happened, endpoint) = (EventIds.New(Now), EndpointId.New(Now));
        var id = NotificationId.OfEvent(happened, endpoint);

        Assert.True(NotificationId.IsValid(id));
        Assert.Equal(id, NotificationId.OfEvent(happened, endpoint));
        Assert.NotEqual(id, NotificationId.OfEvent(happened, EndpointId.New(Now)));
        Assert.NotEqual(id, NotificationId.OfEvent(EventIds.New(Now), endpoint));
    }

    /// <summary>Ids that stand in tables outlive releases: another way to make them would deliver each event of before once more.</summary>
    [Fact]
    public void Derived_ids_are_those_of_every_release()
    {
        Assert.Equal("ntf_7k8ztpy9btw910k9bn6knd4y8n", NotificationId.OfEvent("evt_01m7x9p2bd2cyevzwenvjnwmfr", "ep_01m7x9p2bd2cyevzwenvjnwmfr"));
        Assert.Equal("evt_72bgc6n1ch9jafke09phkmffw9", EventIds.FromIdempotencyKey("alice", "order-1"));
        Assert.Equal("ep_1923t2cydr6n40gzpgvrjztyq4", EndpointId.FromIdempotencyKey("alice", "example-ltd", "order-1"));
    }

    [Fact]
    public void A_key_gives_the_same_event_to_one_owner_and_another_to_another()
    {
        var id = EventIds.FromIdempotencyKey("alice", "order-1");

        Assert.True(EventIds.IsValid(id));
        Assert.Equal(id, EventIds.FromIdempotencyKey("alice", "order-1"));
        Assert.NotEqual(id, EventIds.FromIdempotencyKey("bob", "order-1"));
        Assert.NotEqual(id, EventIds.FromIdempotencyKey("alice", "order-2"));
        Assert.NotEqual(EventIds.FromIdempotencyKey("ab", "c"), EventIds.FromIdempotencyKey("a", "bc"));
    }

    [Fact]
    public void A_key_gives_each_tenant_an_endpoint_of_its_own()
    {
        var id = EndpointId.FromIdempotencyKey("alice", "a", "key");

        Assert.True(EndpointId.IsValid(id));
        Assert.Equal(id, EndpointId.FromIdempotencyKey("alice", "a", "key"));
        Assert.NotEqual(id, EndpointId.FromIdempotencyKey("alice", "b", "key"));
        Assert.NotEqual(id, EndpointId.FromIdempotencyKey("bob", "a", "key"));
        Assert.NotEqual(EndpointId.FromIdempotencyKey("alice", "ab", "c"), EndpointId.FromIdempotencyKey("alice", "a", "bc"));
        Assert.NotEqual(EndpointId.FromIdempotencyKey("ab", "c", "d"), EndpointId.FromIdempotencyKey("a", "bc", "d"));
    }

    [Fact]
    public void Packed_endpoints_come_back_in_their_order_and_take_16_bytes_each()
    {
        string[] ids = ["ep_7zzzzzzzzzzzzzzzzzzzzzzzzz", EndpointId.New(Now), "ep_00000000000000000000000000", EndpointId.FromIdempotencyKey("alice", "a", "key")];

        var packed = EndpointId.Pack(ids);

        Assert.Equal(ids.Length * 16, packed.Length);
        Assert.Equal(ids, EndpointId.Unpack(packed));
        Assert.Empty(EndpointId.Unpack(EndpointId.Pack([])));
        Assert.Throws<FormatException>(() => EndpointId.Unpack(packed[1..]));
    }

    [Fact]
    public void Kinds_of_ids_are_told_apart_by_their_prefix()
    {
        string[] ids = [NotificationId.New(Now), EventIds.New(Now), EndpointId.New(Now)];

        Assert.Equal([true, false, false], ids.Select(NotificationId.IsValid));
        Assert.Equal([false, true, false], ids.Select(EventIds.IsValid));
        Assert.Equal([false, false, true], ids.Select(EndpointId.IsValid));
    }
}
