using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Endpoints;

/// <summary>Rules out that a pause drops something, uses up attempts or never ends, and that what comes for a disabled endpoint is called, or is not on record.</summary>
[Collection(StatusCollection.Name)]
public sealed class EndpointStateTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Stored times are whole milliseconds.</summary>
    private static readonly DateTimeOffset Until = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddDays(3).ToUnixTimeMilliseconds());

    private readonly TestTenant _tenant = new(fixture);

    private StatusClient Client => fixture.Status.Client;

    private EndpointClient Endpoints => fixture.Status.Endpoints;

    private RedeliveryClient Jobs { get; } = new(fixture.Status.CreateInternalClient(TestKeys.Internal));

    [Fact]
    public async Task What_comes_for_a_paused_endpoint_is_held_until_the_pause_ends_and_says_why()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var paused = await PauseAsync(endpoint, Until);
        Assert.Equal((EndpointStatus.Paused, Until, 2), (paused.Status, paused.PausedUntil, paused.Version));

        var held = Assert.Single(await _tenant.PostAsync());

        Assert.Equal((NotificationStatus.Pending, Until, WaitingReasons.EndpointPaused), (held.Status, held.DueAt, held.WaitingReason));
        Assert.Equal(new NotificationWaiting(WaitingReasons.EndpointPaused, Until), NotificationWaiting.Of(held));

        // A copy in the queue changes nothing.
        var (claim, still) = await Client.ClaimAsync(held.Id, new ClaimRequest("worker"), None);
        Assert.Null(claim);
        Assert.Equal((NotificationStatus.Pending, Until, 0), (still!.Status, still.DueAt, still.Claims));
    }

    [Fact]
    public async Task One_that_is_created_paused_holds_from_its_first_event_on()
    {
        var created = (await Endpoints.CreateAsync(_tenant.Creation("*") with { PausedUntil = Until }, None)).Endpoint!;

        var held = Assert.Single(await _tenant.PostAsync());

        Assert.Equal((EndpointStatus.Paused, Until), (created.Status, created.PausedUntil));
        Assert.Equal((Until, WaitingReasons.EndpointPaused), (held.DueAt, held.WaitingReason));
    }

    [Fact]
    public async Task What_is_in_the_queue_already_is_held_and_neither_attempt_nor_claim_is_used_up()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var queued = Assert.Single(await _tenant.PostAsync());
        await Client.QueuedAsync(queued.Id, None);
        var retried = Assert.Single(await _tenant.PostAsync());
        await FailAsync(retried, retryInSeconds: 0);
        await PauseAsync(endpoint, Until);

        foreach (var (record, attempts) in new[] { (queued, 0), (retried, 1) })
        {
            var (claim, current) = await Client.ClaimAsync(record.Id, new ClaimRequest("worker", Target: EventTarget.Of(record)), None);

            Assert.Null(claim);
            Assert.Equal((NotificationStatus.Pending, Until, WaitingReasons.EndpointPaused, attempts), (current!.Status, current.DueAt, current.WaitingReason, current.Attempts));
            Assert.Equal((attempts, attempts, null), (current.Claims, current.History.Count, current.NextAttemptAt));
        }
    }

    [Fact]
    public async Task What_is_scheduled_for_a_time_after_the_pause_is_scheduled_and_not_held()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        await PauseAsync(endpoint, Until);

        var record = Assert.Single((await _tenant.PostAsync(_tenant.Event() with { DeliverAt = Until.AddHours(1) })).Answer!.Notifications);

        Assert.Equal((Until.AddHours(1), null), (record.DueAt, record.WaitingReason));
        Assert.Equal(WaitingReasons.Scheduled, NotificationWaiting.Of(record)!.Reason);
    }

    [Fact]
    public async Task A_resume_makes_a_job_that_makes_all_of_it_due_and_nothing_that_is_scheduled_for_later()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        await PauseAsync(endpoint, Until);
        var held = Assert.Single(await _tenant.PostAsync());
        var scheduled = Assert.Single((await _tenant.PostAsync(_tenant.Event() with { DeliverAt = Until.AddDays(-1) })).Answer!.Notifications);
        Assert.Equal(WaitingReasons.EndpointPaused, scheduled.WaitingReason);

        var resumed = (await Endpoints.ResumeAsync(new EndpointStateRequest(_tenant.KeyOf(endpoint)), None)).Endpoint!;
        Assert.Equal((EndpointStatus.Active, null), (resumed.Status, resumed.PausedUntil));
        var job = RedeliveryJobId.OfRelease(endpoint.Id, resumed.Owed[0].At);
        await Eventually.BecomesAsync(() => UpkeepAndReadJobAsync(job), found => found);

        var page = await Jobs.PageAsync(job, 100, None);
        Assert.Equal(new[] { held.Id, scheduled.Id }.Order(StringComparer.Ordinal), page.Ids.Order(StringComparer.Ordinal));

        var request = new RedeliverByJobRequest(job, DateTimeOffset.UtcNow, Held: true);
        var released = await Client.RedeliverAsync(held.Id, request, None);
        var later = await Client.RedeliverAsync(scheduled.Id, request, None);
        var twice = await Client.RedeliverAsync(held.Id, request, None);

        Assert.True(released.Applied);
        Assert.Equal((NotificationStatus.Pending, null, job), (released.Record!.Status, released.Record.WaitingReason, released.Record.RedeliveryJob));
        Assert.InRange(released.Record.DueAt!.Value, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Equal((true, scheduled.DeliverAt), (later.Applied, later.Record!.DueAt));
        Assert.False(twice.Applied);
        Assert.Equal(released.Record.Version, twice.Record!.Version);
    }

    [Fact]
    public async Task A_pause_whose_time_is_over_is_none_and_is_ended_without_a_new_version()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var paused = await PauseAsync(endpoint, DateTimeOffset.UtcNow.AddMilliseconds(-1));

        var record = Assert.Single(await _tenant.PostAsync());
        var (claim, _) = await Client.ClaimAsync(record.Id, new ClaimRequest("worker"), None);

        Assert.NotNull(claim);
        var ended = await Eventually.BecomesAsync(() => UpkeepAndReadAsync(endpoint), read => read.Status == EndpointStatus.Active);
        Assert.Equal((null, null, paused.Version), (ended.PausedUntil, ended.StatusSince, ended.Version));
    }

    [Fact]
    public async Task What_comes_for_a_disabled_endpoint_is_on_record_as_failed_and_comes_back_when_it_is_asked_for()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var waiting = Assert.Single(await _tenant.PostAsync());
        await Client.QueuedAsync(waiting.Id, None);
        var disabled = (await Endpoints.DisableAsync(new EndpointStateRequest(_tenant.KeyOf(endpoint)), None)).Endpoint!;
        Assert.Equal((EndpointStatus.Disabled, DisableReasons.ByOwner), (disabled.Status, disabled.DisabledReason));

        var refused = Assert.Single(await _tenant.PostAsync());
        var (claim, ended) = await Client.ClaimAsync(waiting.Id, new ClaimRequest("worker"), None);

        Assert.Null(claim);

        foreach (var record in new[] { refused, ended! })
        {
            Assert.Equal((NotificationStatus.Failed, true, DeliveryCategory.EndpointDisabled), (record.Status, record.IsFinal, record.DeliveryResult!.Category));
            Assert.Equal(("endpoint_disabled", 0, null), (record.DeliveryResult.ErrorDetails!.Code, record.Attempts, record.DueAt));
            Assert.Empty(record.History);
        }

        Assert.True((await Endpoints.EnableAsync(new EndpointStateRequest(_tenant.KeyOf(endpoint)), None)).Applied);
        Assert.True((await Client.RedeliverAsync(refused.Id, None)).Applied);
        var (again, _) = await Client.ClaimAsync(refused.Id, new ClaimRequest("worker"), None);
        Assert.Equal(TestTenant.Url, again!.Request.Url);
    }

    [Fact]
    public async Task A_test_is_called_whatever_the_state()
    {
        var (endpoint, _) = await _tenant.CreateAsync("nothing.of.that");
        await PauseAsync(endpoint, Until);
        Assert.False(await TestAsync());

        await Endpoints.DisableAsync(new EndpointStateRequest(_tenant.KeyOf(endpoint)), None);
        Assert.True(await TestAsync());

        async Task<bool> TestAsync()
        {
            var test = Assert.Single((await _tenant.PostAsync(_tenant.Event("waybill.test") with { EndpointId = endpoint.Id })).Answer!.Notifications);
            Assert.Equal((NotificationStatus.Pending, null), (test.Status, test.WaitingReason));
            var (claim, _) = await Client.ClaimAsync(test.Id, new ClaimRequest("worker"), None);
            return claim!.Record.MaxAttempts == 1;
        }
    }

    [Theory]
    [InlineData("ACTIVE", "pause", "PAUSED")]
    [InlineData("ACTIVE", "resume", null)]
    [InlineData("ACTIVE", "enable", null)]
    [InlineData("ACTIVE", "disable", "DISABLED")]
    [InlineData("PAUSED", "pause", "PAUSED")]
    [InlineData("PAUSED", "resume", "ACTIVE")]
    [InlineData("PAUSED", "enable", null)]
    [InlineData("PAUSED", "disable", "DISABLED")]
    [InlineData("DISABLED", "pause", null)]
    [InlineData("DISABLED", "resume", null)]
    [InlineData("DISABLED", "enable", "ACTIVE")]
    [InlineData("DISABLED", "disable", "DISABLED")]
    public async Task Each_state_is_left_by_what_leads_on_from_it_and_by_nothing_else(string from, string asked, string? to)
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        await (from switch { "PAUSED" => AskAsync(endpoint, "pause"), "DISABLED" => AskAsync(endpoint, "disable"), _ => Task.CompletedTask });
        var before = (await Endpoints.GetAsync(_tenant.KeyOf(endpoint), None))!;

        var outcome = await AskAsync(endpoint, asked);

        Assert.Equal((to is not null, to ?? from), (outcome.Applied, outcome.Endpoint!.Status.Text()));
        Assert.Equal(before.Version + (to is null ? 0 : 1), outcome.Endpoint.Version);
    }

    [Fact]
    public async Task Another_version_than_was_read_changes_nothing()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");

        var outcome = await Endpoints.PauseAsync(new EndpointStateRequest(_tenant.KeyOf(endpoint), Version: 7, Until), None);

        Assert.Equal((false, EndpointStatus.Active, 1), (outcome.Applied, outcome.Endpoint!.Status, outcome.Endpoint.Version));
    }

    [Fact]
    public async Task A_deleted_endpoint_is_none_for_each_of_them()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        await _tenant.DeleteAsync(endpoint);

        foreach (var asked in new[] { "pause", "resume", "enable", "disable" })
        {
            Assert.Null((await AskAsync(endpoint, asked)).Answer);
        }
    }

    private Task<EndpointOutcome> AskAsync(EndpointRecord endpoint, string what)
    {
        var request = new EndpointStateRequest(_tenant.KeyOf(endpoint), Until: what == "pause" ? Until : null);

        return what switch
        {
            "pause" => Endpoints.PauseAsync(request, None),
            "resume" => Endpoints.ResumeAsync(request, None),
            "enable" => Endpoints.EnableAsync(request, None),
            _ => Endpoints.DisableAsync(request, None),
        };
    }

    private async Task<EndpointRecord> PauseAsync(EndpointRecord endpoint, DateTimeOffset until)
    {
        var outcome = await Endpoints.PauseAsync(new EndpointStateRequest(_tenant.KeyOf(endpoint), Until: until), None);
        Assert.True(outcome.Applied);
        return outcome.Endpoint!;
    }

    private async Task<EndpointRecord> UpkeepAndReadAsync(EndpointRecord endpoint)
    {
        await Client.UpkeepAsync(None);
        return (await Endpoints.GetAsync(_tenant.KeyOf(endpoint), None))!;
    }

    private async Task<bool> UpkeepAndReadJobAsync(string job)
    {
        await Client.UpkeepAsync(None);
        return await Jobs.GetAsync(job, None) is not null;
    }

    private async Task FailAsync(NotificationRecord record, double? retryInSeconds)
    {
        var (claim, _) = await Client.ClaimAsync(record.Id, new ClaimRequest("worker"), None);
        Assert.True((await Client.ResultAsync(record.Id, new ResultRequest(claim!.Record.Lease!.Token, 0, Results.ServerError(), retryInSeconds, claim.Request.Url), None)).Applied);
    }
}
