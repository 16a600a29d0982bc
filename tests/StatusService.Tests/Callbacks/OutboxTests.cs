using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Callbacks;

/// <summary>Rules out an end that an owner is not told of, or twice, a storm of callbacks, and callbacks that nobody asked for.</summary>
[Collection(StatusCollection.Name)]
public sealed class OutboxTests(StatusFixture fixture) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private CallbackTable _table = null!;

    public async Task InitializeAsync() => _table = await CallbackTable.CreateAsync(fixture);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_failure_is_told_with_what_is_known_of_it_and_nothing_of_it_changes()
    {
        await _table.SubscribeAsync("waybill.*");
        var failed = await _table.FailAsync(await _table.PostAsync());
        Assert.True(OwedCallback.IsOwed(failed));

        Assert.Equal(new UpkeepResponse(1, More: false), await _table.RunAsync());

        var told = Assert.Single(await _table.ToldAsync(CallbackTable.Failed));
        var callback = told.Read(NotificationsJson.Default.CallbackNotificationsFailed);
        Assert.Equal(CallbackTable.Failed, callback.Type);
        Assert.Equal((1, "direct.example", null, null), (callback.Data.Count, callback.Data.Host, callback.Data.EndpointId, callback.Data.Tenant));
        var one = Assert.Single(callback.Data.Notifications);
        Assert.Equal((failed.Id, failed.Url, DeliveryCategory.ClientError, 404, "http_404", 1), (one.Id, one.Url, one.Category, one.StatusCode, one.ErrorCode, one.Attempts));
        Assert.Equal(("order-4711", failed.CreatedAt, failed.LastUpdatedAt), (one.CorrelationId, one.CreatedAt, one.FailedAt));
        Assert.Equal($"https://status.example.com/v1/notifications/{failed.Id}", one.StatusUrl);

        Assert.Equivalent(failed with { DueAt = null, Version = failed.Version + 1 }, await _table.ReadAsync(failed.Id), strict: true);
    }

    [Fact]
    public async Task The_callback_is_due_at_once_for_each_endpoint_that_takes_it()
    {
        await _table.SubscribeAsync("waybill.*");
        await _table.SubscribeAsync("*");
        await _table.SubscribeAsync(CallbackTypes.EndpointFailing);
        await _table.FailManyAsync(1);

        await _table.RunAsync();

        var told = Assert.Single(await _table.ToldAsync(CallbackTable.Failed)).Event;
        Assert.Equal(2, told.EndpointIds.Count);
        var notifications = await Task.WhenAll(told.NotificationIds.Select(_table.ReadAsync));
        Assert.All(notifications, record => Assert.Equal((NotificationStatus.Pending, told.CreatedAt), (record.Status, record.DueAt)));
    }

    [Fact]
    public async Task Failures_of_one_endpoint_are_told_together_and_those_of_others_apart()
    {
        await _table.SubscribeAsync("waybill.*");
        var (one, other) = (await _table.CreateEndpointAsync("one", "*"), await _table.CreateEndpointAsync("other", "*"));

        foreach (var tenant in new[] { "one", "other", "one" })
        {
            await _table.FailAsync(await _table.PostEventAsync(tenant));
        }

        await _table.FailManyAsync(2, "https://a.example/1");
        await _table.FailManyAsync(1, "https://b.example/2");

        Assert.Equal(new UpkeepResponse(6, More: false), await _table.RunAsync());

        var told = await _table.FailuresToldAsync();
        Assert.Equal(
            [(one.Id, "one", null, 2), (other.Id, "other", null, 1), (null, null, "a.example", 2), (null, null, "b.example", 1)],
            told.OrderBy(data => data.Host).ThenBy(data => data.Tenant).Select(data => (data.EndpointId, data.Tenant, data.Host, data.Count)));
        Assert.All(told.Where(data => data.EndpointId is not null).SelectMany(data => data.Notifications), failed => Assert.Equal(("order.paid", true), (failed.EventType, EventIds.IsValid(failed.EventId))));
    }

    [Fact]
    public async Task One_callback_a_second_names_all_that_failed_since()
    {
        await _table.SubscribeAsync("waybill.*");
        await _table.FailManyAsync(1);
        await _table.RunAsync();

        await _table.FailManyAsync(3);
        _table.Time.Advance(Digests.Pace - TimeSpan.FromMilliseconds(1));
        Assert.Equal(new UpkeepResponse(0, More: true), await _table.RunAsync());

        _table.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new UpkeepResponse(3, More: false), await _table.RunAsync());
        Assert.Equal(new UpkeepResponse(0, More: false), await _table.RunAsync());

        Assert.Equal([1, 3], (await _table.FailuresToldAsync()).Select(data => data.Count));
    }

    [Fact]
    public async Task Of_a_hundred_and_more_a_callback_lists_the_first_hundred()
    {
        await _table.SubscribeAsync("waybill.*");
        var failed = await _table.FailManyAsync(103);

        await _table.RunAsync();

        var told = Assert.Single(await _table.FailuresToldAsync());
        Assert.Equal((103, 100), (told.Count, told.Notifications.Count));
        Assert.Subset(failed.Select(record => record.Id).ToHashSet(), told.Notifications.Select(one => one.Id).ToHashSet());
    }

    [Fact]
    public async Task What_would_not_fit_is_counted_and_not_listed()
    {
        await _table.SubscribeAsync("waybill.*");
        await _table.FailManyAsync(100, $"https://direct.example/?{new string('&', 2000)}");

        await _table.RunAsync();

        var told = Assert.Single(await _table.FailuresToldAsync());
        Assert.Equal(100, told.Count);
        Assert.InRange(told.Notifications.Count, 10, 50);
    }

    [Fact]
    public async Task A_callback_that_fails_is_told_of_by_none()
    {
        await _table.SubscribeAsync("*");
        await _table.FailManyAsync(1);
        await _table.RunAsync();
        var callback = await _table.ReadAsync(Assert.Single((await _table.ToldAsync(CallbackTable.Failed))[0].Event.NotificationIds));

        var failed = await _table.FailAsync(callback);

        Assert.Null(failed.DueAt);
        _table.Time.Advance(Digests.Pace);
        Assert.Equal(new UpkeepResponse(0, More: false), await _table.RunAsync());
        Assert.Single(await _table.ToldAsync(CallbackTable.Failed));
    }

    [Fact]
    public async Task Who_cancels_is_not_told()
    {
        await _table.SubscribeAsync("waybill.*");
        var posted = await _table.PostAsync();

        var cancelled = await _table.Parts.Client.CancelAsync(posted.Id, None);

        Assert.True(cancelled.Applied);
        Assert.Null(cancelled.Record!.DueAt);
    }

    [Fact]
    public async Task What_is_given_up_without_an_attempt_is_told()
    {
        await _table.SubscribeAsync("waybill.*");
        var endpoint = await _table.CreateEndpointAsync("tenant", "*");
        var posted = await _table.PostEventAsync("tenant");
        await _table.Parts.EndpointTransitions.DeleteAsync(new(new(CallbackTable.Owner, "tenant", endpoint.Id)), None);
        Assert.Null((await _table.Parts.Claim.ClaimAsync(posted.Id, new ClaimRequest("worker"), None)).Claim);

        await _table.RunAsync();

        var one = Assert.Single(Assert.Single(await _table.FailuresToldAsync()).Notifications);
        Assert.Equal((posted.Id, DeliveryCategory.Abandoned, "endpoint_deleted", 0), (one.Id, one.Category, one.ErrorCode, one.Attempts));
    }

    [Fact]
    public async Task What_comes_for_a_disabled_endpoint_is_told()
    {
        await _table.SubscribeAsync("waybill.*");
        var endpoint = await _table.CreateEndpointAsync("tenant", "*");
        Assert.True((await _table.Parts.States.DisableAsync(new(new(CallbackTable.Owner, "tenant", endpoint.Id)), None)).Applied);

        var refused = await _table.PostEventAsync("tenant");
        Assert.True(OwedCallback.IsOwed(refused));
        await _table.RunAsync();

        var one = Assert.Single(Assert.Single(await _table.FailuresToldAsync()).Notifications);
        Assert.Equal((refused.Id, DeliveryCategory.EndpointDisabled), (one.Id, one.Category));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivery_is_told_only_where_its_client_asked_for_it(bool notify)
    {
        await _table.SubscribeAsync("waybill.*");
        var delivered = await _table.SucceedAsync(await _table.PostAsync(notify: notify));

        await _table.RunAsync();

        var told = await _table.ToldAsync(CallbackTable.Succeeded);
        Assert.Equal(notify ? 1 : 0, told.Count);
        Assert.Null((await _table.ReadAsync(delivered.Id)).DueAt);

        if (notify)
        {
            var one = told[0].Read(NotificationsJson.Default.CallbackNotificationSucceeded).Data.Notification;
            Assert.Equal((delivered.Id, delivered.DeliveredAt!.Value, 200, 1), (one.Id, one.DeliveredAt, one.StatusCode!.Value, one.Attempts));
        }
    }

    [Fact]
    public async Task What_nobody_takes_is_not_owed_and_what_nobody_takes_any_more_is_let_go()
    {
        var without = await _table.FailAsync(await _table.PostAsync());
        Assert.Null(without.DueAt);

        var endpoint = await _table.SubscribeAsync("waybill.*");
        var owed = await _table.FailAsync(await _table.PostAsync());
        var delivered = await _table.SucceedAsync(await _table.PostAsync(notify: true));
        await _table.Parts.EndpointTransitions.DeleteAsync(new(new(CallbackTable.Owner, Tenants.Reserved, endpoint.Id)), None);

        Assert.Equal(new UpkeepResponse(2, More: false), await _table.RunAsync());

        Assert.Equal([null, null], new[] { (await _table.ReadAsync(owed.Id)).DueAt, (await _table.ReadAsync(delivered.Id)).DueAt });
        Assert.Empty(await _table.ToldAsync(CallbackTable.Failed));
        Assert.Empty(await _table.ToldAsync(CallbackTable.Succeeded));
    }

    [Fact]
    public async Task One_that_cannot_be_read_keeps_nothing_from_the_others()
    {
        await _table.SubscribeAsync("waybill.*");
        var broken = await _table.FailAsync(await _table.PostAsync());
        await _table.BreakAsync(broken.Id);
        await _table.FailManyAsync(2, "https://other.example/");

        Assert.Equal(new UpkeepResponse(2, More: false), await _table.RunAsync());
        Assert.Equal("other.example", Assert.Single(await _table.FailuresToldAsync()).Host);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_end_that_is_owed_is_told_before_a_redelivery(bool delivered)
    {
        await _table.SubscribeAsync("waybill.*");
        await _table.FailManyAsync(1);
        await _table.RunAsync();
        _table.Time.Advance(Digests.Pace);
        var others = await _table.FailManyAsync(2);
        var posted = await _table.PostAsync(notify: true);
        var owed = delivered ? await _table.SucceedAsync(posted) : await _table.FailAsync(posted);

        var redelivered = await _table.Parts.Client.RedeliverAsync(owed.Id, None);

        Assert.True(redelivered.Applied);
        Assert.Equal((1, NotificationStatus.Pending), (redelivered.Record!.Epoch, redelivered.Record.Status));
        Assert.Equal(delivered ? [1] : new[] { 1, 1 + others.Count }, (await _table.FailuresToldAsync()).Select(data => data.Count));
        Assert.Equal(delivered ? 1 : 0, (await _table.ToldAsync(CallbackTable.Succeeded)).Count);

        // It ends once more, and that is told as well.
        var again = await _table.ReadAsync(owed.Id);
        await (delivered ? _table.SucceedAsync(again) : _table.FailAsync(again));
        _table.Time.Advance(Digests.Pace);
        await _table.RunAsync();
        Assert.Equal(delivered ? 2 : 0, (await _table.ToldAsync(CallbackTable.Succeeded)).Count);
        Assert.Equal(delivered ? 1 + others.Count : 1 + others.Count + 2, (await _table.FailuresToldAsync()).Sum(data => data.Count));
    }

    [Fact]
    public async Task A_redelivery_waits_for_the_second_of_its_callback_and_no_longer()
    {
        await _table.SubscribeAsync("waybill.*");
        await _table.FailManyAsync(1);
        await _table.RunAsync();
        var owed = await _table.FailAsync(await _table.PostAsync());

        var redelivering = _table.Parts.Client.RedeliverAsync(owed.Id, None);
        await Eventually.HoldsAsync(() =>
        {
            _table.Time.Advance(TimeSpan.FromMilliseconds(100));
            return redelivering.IsCompleted;
        });

        Assert.True((await redelivering).Applied);
        var told = await _table.ToldAsync(CallbackTable.Failed);
        Assert.Equal(2, told.Count);
        Assert.True(told[1].Event.CreatedAt - told[0].Event.CreatedAt >= Digests.Pace);
    }

    [Fact]
    public async Task A_job_redelivers_what_was_owed_when_it_began()
    {
        await _table.SubscribeAsync("waybill.*");
        var owed = await _table.FailAsync(await _table.PostAsync());
        var began = _table.Time.GetUtcNow();
        _table.Time.Advance(TimeSpan.FromMinutes(1));
        await _table.RunAsync();

        var outcome = await _table.Parts.Client.RedeliverByJobAsync(owed.Id, new RedeliverByJobRequest("job", began), None);

        Assert.True(outcome.Applied);
    }

    [Fact]
    public async Task Outboxes_that_look_at_once_tell_each_failure_once()
    {
        await _table.SubscribeAsync("waybill.*");
        await _table.FailManyAsync(30);
        await _table.FailManyAsync(10, "https://other.example/");
        var outboxes = Enumerable.Range(0, 4).Select(_ => _table.CreateParts(fixture.Table).CreateOutbox()).ToArray();

        for (var looks = 0; looks < 3; looks++)
        {
            await Task.WhenAll(outboxes.Select(outbox => outbox.RunAsync(7, None)));
            await _table.FailManyAsync(2);
            _table.Time.Advance(Digests.Pace);
        }

        await _table.RunToTheEndAsync();

        var told = await _table.FailuresToldAsync();
        Assert.Equal(46, told.Sum(data => data.Count));
        Assert.Equal(46, told.SelectMany(data => data.Notifications).Select(one => one.Id).Distinct().Count());
    }
}
