using Microsoft.Extensions.Time.Testing;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Events;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Events;

/// <summary>
/// Rules out that a crash between any two writes of a fan-out loses a notification or makes one twice: it leaves nothing that was promised, or a marker
/// among what is due, with which the Dispatcher has the rest done.
/// </summary>
[Collection(StatusCollection.Name)]
public sealed class FanOutCrashTests(StatusFixture fixture)
{
    private const int Endpoints = 3;

    /// <summary>More than a fan-out to them has, with all that it notes besides.</summary>
    private const int ManyWrites = 40;

    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>An hour ago, so that the marker is due now.</summary>
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.AddHours(-1));

    private StatusClient Client => fixture.Status.Client;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_leaves_nothing_that_was_promised_or_what_the_dispatcher_finishes(bool answerIsLost)
    {
        var tenant = await NewTenantAsync();
        var (crashes, finished) = (0, 0);

        for (var writes = answerIsLost ? 1 : 0; writes <= ManyWrites; writes++)
        {
            var happened = tenant.Event();

            if (await IsAcceptedAsync(happened, writes, answerIsLost))
            {
                break;
            }

            crashes++;
            finished += await AssertFinishedAsync(tenant, happened) ? 1 : 0;
        }

        // The event, the marker, the notifications and the marker again at least; of the first of them nothing was promised.
        Assert.InRange(crashes, Endpoints + 3, ManyWrites);
        Assert.InRange(finished, Endpoints + 1, crashes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repeat_that_crashes_too_leaves_no_more_undone(bool answerIsLost)
    {
        var tenant = await NewTenantAsync();
        var crashes = 0;

        for (var writes = answerIsLost ? 1 : 0; writes <= ManyWrites; writes++)
        {
            // The first try came to the event and no further.
            var happened = tenant.Event();
            Assert.False(await IsAcceptedAsync(happened, 1, answerIsLost: true));

            if (await IsAcceptedAsync(happened, writes, answerIsLost))
            {
                break;
            }

            crashes++;
            await AssertFinishedAsync(tenant, happened);
        }

        Assert.InRange(crashes, Endpoints + 1, ManyWrites);
    }

    [Fact]
    public async Task A_crash_while_the_dispatcher_has_it_finished_is_finished_as_well()
    {
        var tenant = await NewTenantAsync();

        for (var writes = 0; writes <= ManyWrites; writes++)
        {
            // The event and its marker.
            var happened = tenant.Event();
            Assert.False(await IsAcceptedAsync(happened, 2, answerIsLost: true));
            var table = new DyingTable(fixture.Table, writes, answerIsLost: false);

            try
            {
                await new StoreParts(table, _time).EventTransitions.FinishAsync(happened.Id, None);
                Assert.True(writes > Endpoints);
                return;
            }
            catch (ProcessDiedException)
            {
                Assert.True(await AssertFinishedAsync(tenant, happened));
            }
        }

        Assert.Fail("It never came to its end.");
    }

    [Fact]
    public async Task A_marker_of_no_event_is_put_away()
    {
        var id = EventIds.New(DateTimeOffset.UtcNow);
        await fixture.Parts.Events.MarkAsync(id, _time.GetUtcNow(), None);
        await Eventually.HoldsAsync(() => IsDueAsync(id));

        Assert.Equal(new EventOutcome(false, null), await Client.FinishFanOutAsync(id, None));

        await Eventually.HoldsAsync(async () => !await IsDueAsync(id));
    }

    [Fact]
    public async Task An_endpoint_that_was_deleted_before_the_rest_was_done_gets_nothing_and_its_notification_ends()
    {
        var tenant = await NewTenantAsync();
        var happened = tenant.Event();
        Assert.False(await IsAcceptedAsync(happened, 2, answerIsLost: true));
        var deleted = (await fixture.Parts.Endpoints.OfTenantAsync(tenant.Owner, tenant.Name, None))[0];
        await tenant.DeleteAsync(deleted);

        var finished = (await Client.FinishFanOutAsync(happened.Id, None)).Answer!;

        var id = NotificationId.OfEvent(happened.Id, deleted.Id);
        Assert.Equal(Endpoints, finished.Notifications.Count);
        var (claim, current) = await Client.ClaimAsync(id, new ClaimRequest("worker"), None);
        Assert.Null(claim);
        Assert.Equal((NotificationStatus.Failed, true, "endpoint_deleted"), (current!.Status, current.IsFinal, current.DeliveryResult!.ErrorDetails!.Code));
        Assert.Equal(deleted.Url, current.Url);
    }

    /// <summary>By a process that dies after so many writes.</summary>
    private async Task<bool> IsAcceptedAsync(AcceptEventRequest happened, int writes, bool answerIsLost)
    {
        var table = new DyingTable(fixture.Table, writes, answerIsLost);

        try
        {
            await new StoreParts(table, _time).EventTransitions.AcceptAsync(happened, None);
            return true;
        }
        catch (ProcessDiedException)
        {
            Assert.True(table.IsDead);
            return false;
        }
    }

    /// <summary>As the Dispatcher does; and where nothing is due, the client, who got no answer.</summary>
    /// <returns>Whether it was the Dispatcher.</returns>
    private async Task<bool> AssertFinishedAsync(TestTenant tenant, AcceptEventRequest happened)
    {
        var marker = await tenant.ReadAsync(FanOutItem.Key(happened.Id));
        var isMarked = marker?.ContainsKey(StoredNames.DueAt) == true;
        var plan = (await fixture.Parts.Endpoints.OfTenantAsync(tenant.Owner, tenant.Name, None)).Select(endpoint => NotificationId.OfEvent(happened.Id, endpoint.Id)).ToArray();
        var before = await Task.WhenAll(plan.Select(id => Client.GetAsync(id, None)));

        if (isMarked)
        {
            await Eventually.HoldsAsync(() => IsDueAsync(happened.Id));
            await Client.FinishFanOutAsync(happened.Id, None);
        }
        else
        {
            // All or nothing.
            Assert.Single(before.Select(record => record is null).Distinct());
            await tenant.PostAsync(happened);
        }

        var records = await Task.WhenAll(plan.Select(id => Client.GetAsync(id, None)));
        Assert.Equal(Endpoints, plan.Length);
        Assert.All(records, record => Assert.Equal((1, NotificationStatus.Pending), (record!.Version, record.Status)));
        Assert.All(records.Zip(before), pair => Assert.True(pair.Second is null || pair.Second.CreatedAt == pair.First!.CreatedAt));
        Assert.DoesNotContain(StoredNames.DueAt, (await tenant.ReadAsync(FanOutItem.Key(happened.Id)))!.Keys);
        Assert.Equal(plan, EventItem.Read((await tenant.ReadAsync(EventItem.Key(happened.Id)))!).NotificationIds);

        return isMarked;
    }

    private async Task<bool> IsDueAsync(string id) => (await Client.DueAsync(Shards.Due(id), 1000, None)).Any(due => due.Id == id);

    private async Task<TestTenant> NewTenantAsync()
    {
        var tenant = new TestTenant(fixture);

        for (var number = 0; number < Endpoints; number++)
        {
            await tenant.CreateAsync("*");
        }

        return tenant;
    }
}
