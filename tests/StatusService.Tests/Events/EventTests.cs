using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Events;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.Events;

/// <summary>Rules out that an event goes to an endpoint that it does not match, to one twice, or is forgotten.</summary>
[Collection(StatusCollection.Name)]
public sealed class EventTests(StatusFixture fixture)
{
    private readonly TestTenant _tenant = new(fixture);

    private StatusClient Client => fixture.Status.Client;

    [Fact]
    public async Task An_event_that_nobody_takes_is_on_record()
    {
        await _tenant.CreateAsync("user.*");
        await new TestTenant(fixture).CreateAsync("*");
        await new TestTenant(fixture, "bob", _tenant.Name).CreateAsync("*");
        var happened = _tenant.Event("order.paid");

        var outcome = await _tenant.PostAsync(happened);

        Assert.True(outcome.Applied);
        Assert.Empty(outcome.Answer!.Notifications);
        Assert.Empty(EventItem.Read((await _tenant.ReadAsync(EventItem.Key(happened.Id)))!).EndpointIds);
        Assert.Null(await _tenant.ReadAsync(FanOutItem.Key(happened.Id)));
    }

    [Fact]
    public async Task An_event_that_one_takes_has_one_notification_and_no_marker()
    {
        var (endpoint, _) = await _tenant.CreateAsync("order.*");
        await _tenant.CreateAsync("user.*");
        var happened = _tenant.Event();

        var outcome = await _tenant.PostAsync(happened);

        var record = Assert.Single(outcome.Answer!.Notifications);
        Assert.Equal([endpoint.Id], outcome.Answer.Event.EndpointIds);
        Assert.Equal(NotificationId.OfEvent(happened.Id, endpoint.Id), record.Id);
        Assert.Equal(new EventReference(happened.Id, "order.paid", _tenant.Name, endpoint.Id), record.Event);
        Assert.Equal((NotificationStatus.Pending, "alice", endpoint.Url, happened.CorrelationId), (record.Status, record.Owner, record.Url, record.CorrelationId));
        Assert.Equal(record.CreatedAt + DeliveryTiming.DueAfterDispatch(endpoint.TimeoutSeconds), record.DueAt);
        Assert.Null(await _tenant.ReadAsync(FanOutItem.Key(happened.Id)));
        Assert.Null(await _tenant.ReadAsync(RequestItem.Key(record.Id)));
    }

    [Fact]
    public async Task An_event_that_several_take_has_a_notification_for_each_and_nothing_is_due_any_more()
    {
        string[] takers =
        [
            (await _tenant.CreateAsync("*")).Endpoint.Id,
            (await _tenant.CreateAsync("user.created", "order.paid")).Endpoint.Id,
            (await _tenant.CreateAsync("order.*", "order.paid")).Endpoint.Id,
        ];
        await _tenant.CreateAsync("Order.*", "order", "order.paid.*");
        await _tenant.DeleteAsync((await _tenant.CreateAsync("*")).Endpoint);
        var happened = _tenant.Event();

        var answer = (await _tenant.PostAsync(happened)).Answer!;

        Assert.Equal(takers.Order(StringComparer.Ordinal), answer.Event.EndpointIds);
        Assert.Equal(answer.Event.NotificationIds, answer.Notifications.Select(record => record.Id));
        Assert.All(answer.Notifications, record => Assert.Equal(1, record.Version));
        var marker = (await _tenant.ReadAsync(FanOutItem.Key(happened.Id)))!;
        Assert.DoesNotContain(StoredNames.DueAt, marker.Keys);
        Assert.DoesNotContain(StoredNames.DueShard, marker.Keys);
        Assert.Contains(StoredNames.ExpiresAt, marker.Keys);
    }

    [Fact]
    public async Task A_hundred_endpoints_get_it_each_once()
    {
        await _tenant.PutManyAsync(100);

        var answer = (await _tenant.PostAsync(_tenant.Event())).Answer!;

        Assert.Equal(100, answer.Notifications.Select(record => record.Event!.EndpointId).Distinct().Count());
        Assert.Equal(answer.Event.EndpointIds, answer.Notifications.Select(record => record.Event!.EndpointId));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_same_event_again_meets_what_there_is(int endpoints)
    {
        for (var number = 0; number < endpoints; number++)
        {
            await _tenant.CreateAsync("*");
        }

        var happened = _tenant.Event();
        var first = await _tenant.PostAsync(happened);
        await Client.QueuedAsync(first.Answer!.Notifications[0].Id, CancellationToken.None);

        var again = await _tenant.PostAsync(happened with { Traceparent = null });

        Assert.Equal((true, false), (first.Applied, again.Applied));
        Assert.Equal(first.Answer.Notifications.Select(record => record.Id), again.Answer!.Notifications.Select(record => record.Id));
        Assert.Equal(NotificationStatus.Queued, again.Answer.Notifications[0].Status);
        Assert.Equal(happened.Traceparent, again.Answer.Event.Traceparent);
    }

    [Fact]
    public async Task Another_event_with_its_id_changes_nothing_and_is_told_apart()
    {
        await _tenant.CreateAsync("*");
        var happened = _tenant.Event();
        var first = await _tenant.PostAsync(happened);

        var other = await _tenant.PostAsync(happened with { Type = "user.created", Fingerprint = "another" });

        Assert.False(other.Applied);
        Assert.Equal((happened.Fingerprint, "order.paid"), (other.Answer!.Event.Fingerprint, other.Answer.Event.Type));
        Assert.Empty(other.Answer.Notifications);
        Assert.Equal(1, (await Client.GetAsync(first.Answer!.Notifications[0].Id, CancellationToken.None))!.Version);
    }

    [Fact]
    public async Task Of_the_same_event_many_times_at_once_each_endpoint_gets_one()
    {
        await _tenant.CreateAsync("*");
        await _tenant.CreateAsync("*");
        var happened = _tenant.Event();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _tenant.PostAsync(happened)));

        Assert.Single(outcomes, outcome => outcome.Applied);
        Assert.All(outcomes, outcome => Assert.Equal(outcomes[0].Answer!.Notifications.Select(record => record.Id), outcome.Answer!.Notifications.Select(record => record.Id)));
        Assert.All(outcomes.SelectMany(outcome => outcome.Answer!.Notifications), record => Assert.Equal(1, record.Version));
    }

    [Fact]
    public async Task What_it_matches_is_decided_once_whatever_becomes_of_the_endpoints()
    {
        var (first, _) = await _tenant.CreateAsync("order.*");
        var (second, _) = await _tenant.CreateAsync("order.*");
        var happened = _tenant.Event();
        var before = await _tenant.PostAsync(happened);
        await _tenant.ChangeAsync(first, change => change with { Types = ["user.*"] });
        await _tenant.DeleteAsync(second);
        await _tenant.CreateAsync("order.*");

        var again = await _tenant.PostAsync(happened);
        var finished = await Client.FinishFanOutAsync(happened.Id, CancellationToken.None);

        Assert.Equal(before.Answer!.Event.EndpointIds, again.Answer!.Event.EndpointIds);
        Assert.Equal(before.Answer.Notifications.Select(record => record.Id), again.Answer.Notifications.Select(record => record.Id));
        Assert.Equal(before.Answer.Notifications.Select(record => record.Id), finished.Answer!.Notifications.Select(record => record.Id));
    }

    [Fact]
    public async Task A_test_goes_to_its_endpoint_alone_whatever_that_takes()
    {
        var (endpoint, _) = await _tenant.CreateAsync("user.*");
        await _tenant.CreateAsync("*");

        var outcome = await _tenant.PostAsync(_tenant.Event("waybill.test") with { EndpointId = endpoint.Id });

        Assert.Equal(endpoint.Id, Assert.Single(outcome.Answer!.Notifications).Event!.EndpointId);
    }

    [Fact]
    public async Task A_test_of_no_endpoint_of_its_tenant_stores_nothing()
    {
        var (deleted, _) = await _tenant.CreateAsync("*");
        await _tenant.DeleteAsync(deleted);
        var (bobs, _) = await new TestTenant(fixture, "bob", _tenant.Name).CreateAsync("*");

        foreach (var id in new[] { deleted.Id, bobs.Id, EndpointId.New(DateTimeOffset.UtcNow) })
        {
            var happened = _tenant.Event() with { EndpointId = id };

            Assert.Equal(new EventOutcome(false, null), await _tenant.PostAsync(happened));
            Assert.Null(await _tenant.ReadAsync(EventItem.Key(happened.Id)));
        }
    }

    [Fact]
    public async Task What_is_for_later_is_due_then()
    {
        await _tenant.CreateAsync("*");
        var deliverAt = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds());

        var record = Assert.Single((await _tenant.PostAsync(_tenant.Event() with { DeliverAt = deliverAt })).Answer!.Notifications);

        Assert.Equal((NotificationStatus.Pending, deliverAt, deliverAt), (record.Status, record.DeliverAt!.Value, record.DueAt!.Value));
    }

    [Fact]
    public async Task An_endpoint_that_was_created_a_moment_ago_gets_it()
    {
        for (var number = 1; number <= 5; number++)
        {
            await _tenant.CreateAsync("*");
            Assert.Equal(number, (await _tenant.PostAsync(_tenant.Event())).Answer!.Notifications.Count);
        }
    }
}
