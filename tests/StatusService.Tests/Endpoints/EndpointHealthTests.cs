using Microsoft.Extensions.Time.Testing;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Endpoints;

/// <summary>Rules out that an endpoint that is well costs writes, that one that fails goes on for ever, is disabled too early or unseen, and that one that is back stays disabled.</summary>
[Collection(StatusCollection.Name)]
public sealed class EndpointHealthTests(StatusFixture fixture) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan FiveDays = TimeSpan.FromDays(5);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
    private readonly TestTenant _tenant = new(fixture, $"owner-{Guid.NewGuid():N}");
    private CountedTable _table = null!;
    private StoreParts _parts = null!;
    private EndpointKey _key = null!;

    public async Task InitializeAsync()
    {
        _table = new CountedTable(fixture.Table);
        _parts = new StoreParts(_table, _time, tableName: await fixture.NewTableAsync());
        var created = await _parts.EndpointTransitions.CreateAsync(_tenant.Creation("*"), None);
        _key = _tenant.KeyOf(created.Endpoint!);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task One_that_is_well_is_written_once_an_hour_and_not_for_each_attempt()
    {
        await AttemptAsync(Results.Success());
        var first = await ReadAsync();
        Assert.Equal((_time.GetUtcNow(), null, 1), (first.LastSuccessAt, first.FailingSince, first.Version));

        for (var number = 0; number < 5; number++)
        {
            _time.Advance(TimeSpan.FromMinutes(11));
            await AttemptAsync(Results.Success());
        }

        Assert.Equal(first.WriteToken, (await ReadAsync()).WriteToken);

        _time.Advance(TimeSpan.FromMinutes(5));
        await AttemptAsync(Results.Success());
        Assert.Equal((_time.GetUtcNow(), null), ((await ReadAsync()).LastSuccessAt, (await ReadAsync()).DueAt));
    }

    /// <summary>What one attempt more costs because of its endpoint's health, by what it changes.</summary>
    [Fact]
    public async Task An_endpoint_that_is_well_costs_nothing_more_and_a_change_two_units_at_most()
    {
        await AttemptAsync(Results.Success());
        Assert.Equal((0, 0), await CostOfNotingAsync(Results.Success()));

        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal((0, 1), await CostOfNotingAsync(Results.Success()));

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((0, 2), await CostOfNotingAsync(Results.ServerError()));
        Assert.NotNull((await ReadAsync()).FailingSince);
        Assert.Equal((0, 0), await CostOfNotingAsync(Results.ServerError()));

        Assert.Equal((0, 2), await CostOfNotingAsync(Results.Success()));
        Assert.Null((await ReadAsync()).FailingSince);
    }

    private async Task<(double Reads, double Writes)> CostOfNotingAsync(DeliveryResult result)
    {
        var claim = await ClaimAsync(await PostAsync());
        _table.Reset();
        await _parts.Health.NoteAsync(claim.Endpoint!, claim.Record.Id, result, None);

        return (_table.ReadUnits, _table.WriteUnits);
    }

    [Fact]
    public async Task The_first_failure_is_noted_with_what_was_tried_and_the_next_success_ends_it()
    {
        var failed = await AttemptAsync(Results.ServerError());
        var failing = await ReadAsync();
        var since = _time.GetUtcNow();

        _time.Advance(TimeSpan.FromMinutes(2));
        await AttemptAsync(Results.ServerError());

        Assert.Equal((since, since + (FiveDays / 2), 1), (failing.FailingSince, failing.DueAt, failing.Version));
        Assert.Equal(new EndpointTrouble(failed.Id, DeliveryCategory.ServerError, since, 503, failing.Trouble!.Code), failing.Trouble);
        Assert.Equal(failing.WriteToken, (await ReadAsync()).WriteToken);

        await AttemptAsync(Results.Success());

        var well = await ReadAsync();
        Assert.Equal((null, null, null, _time.GetUtcNow()), (well.FailingSince, well.Trouble, well.DueAt, well.LastSuccessAt));
    }

    [Fact]
    public async Task One_that_fails_now_and_then_is_not_failing_and_well_again_all_the_time()
    {
        await AttemptAsync(Results.Success());
        var before = await ReadAsync();

        for (var number = 0; number < 5; number++)
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            await AttemptAsync(Results.ServerError());
            _time.Advance(TimeSpan.FromSeconds(20));
            await AttemptAsync(Results.Success());
        }

        Assert.Equal(before.WriteToken, (await ReadAsync()).WriteToken);

        _time.Advance(TimeSpan.FromSeconds(61));
        await AttemptAsync(Results.ServerError());
        Assert.Equal(_time.GetUtcNow(), (await ReadAsync()).FailingSince);
    }

    [Fact]
    public async Task What_cannot_be_signed_is_no_fault_of_the_endpoint()
    {
        await AttemptAsync(Results.ServerError() with { StatusCode = null, Category = DeliveryCategory.Blocked, ErrorDetails = new ErrorDetails(ErrorDetails.SecretSealed, "", DeliveryCategory.Blocked, null) });

        Assert.Null((await ReadAsync()).FailingSince);
    }

    [Fact]
    public async Task All_attempts_of_five_days_disable_it_with_a_warning_at_half_of_that()
    {
        var since = _time.GetUtcNow();

        for (var number = 0; number < 10; number++)
        {
            await AttemptAsync(Results.ServerError());
            _time.Advance(TimeSpan.FromHours(5));
        }

        _time.SetUtcNow(since + (FiveDays / 2) - TimeSpan.FromMilliseconds(1));
        await WatchAsync();
        Assert.Null((await ReadAsync()).WarnedAt);

        _time.SetUtcNow(since + (FiveDays / 2));
        await WatchAsync();
        var warned = await ReadAsync();
        Assert.Equal((_time.GetUtcNow(), since + FiveDays, EndpointStatus.Active), (warned.WarnedAt, warned.DueAt, warned.Status));

        _time.SetUtcNow(since + FiveDays - TimeSpan.FromMilliseconds(1));
        await WatchAsync();
        Assert.Equal(warned.WriteToken, (await ReadAsync()).WriteToken);

        _time.SetUtcNow(since + FiveDays);
        await WatchAsync();
        var disabled = await ReadAsync();
        Assert.Equal((EndpointStatus.Disabled, DisableReasons.Failing, _time.GetUtcNow()), (disabled.Status, disabled.DisabledReason, disabled.StatusSince));
        Assert.Equal((since, _time.GetUtcNow().AddDays(1)), (disabled.FailingSince, disabled.DueAt));
    }

    [Fact]
    public async Task Nine_attempts_are_too_few_and_the_tenth_is_enough()
    {
        var since = _time.GetUtcNow();

        for (var number = 0; number < 9; number++)
        {
            await AttemptAsync(Results.ServerError());
        }

        _time.SetUtcNow(since + FiveDays);
        await WatchAsync();
        await WatchAsync();
        var active = await ReadAsync();
        Assert.Equal((EndpointStatus.Active, _time.GetUtcNow() + (FiveDays / 10)), (active.Status, active.DueAt));

        await AttemptAsync(Results.ServerError());
        _time.SetUtcNow(active.DueAt!.Value);
        await WatchAsync();
        Assert.Equal(EndpointStatus.Disabled, (await ReadAsync()).Status);
    }

    [Fact]
    public async Task A_success_whose_claim_knew_nothing_of_the_trouble_counts_all_the_same()
    {
        await TakesCallbacksAsync();
        var inHand = await ClaimAsync(await PostAsync());
        await AttemptAsync(Results.ServerError());
        var since = (await ReadAsync()).FailingSince!.Value;
        _time.Advance(TimeSpan.FromSeconds(5));
        await ReportAsync(inHand, Results.Success());
        var succeeded = _time.GetUtcNow();

        for (var number = 0; number < 10; number++)
        {
            await AttemptAsync(Results.ServerError());
        }

        _time.SetUtcNow(since + (FiveDays / 2));
        await WatchAsync();
        await WatchAsync();
        Assert.NotNull((await ReadAsync()).WarnedAt);

        _time.SetUtcNow(since + FiveDays);
        await WatchAsync();

        var endpoint = await ReadAsync();
        Assert.Equal((EndpointStatus.Active, null, null, succeeded), (endpoint.Status, endpoint.FailingSince, endpoint.WarnedAt, endpoint.LastSuccessAt));
        Assert.Equal([new OwedNews(OwedKinds.Recovered, succeeded, since)], endpoint.Owed);
    }

    [Fact]
    public async Task A_410_disables_it_at_once_and_what_waits_ends_on_record()
    {
        var waits = await PostAsync();

        var gone = await AttemptAsync(Results.ClientError() with { StatusCode = 410 });

        var disabled = await ReadAsync();
        Assert.Equal((EndpointStatus.Disabled, DisableReasons.Gone, 410, gone.Id), (disabled.Status, disabled.DisabledReason, disabled.Trouble!.StatusCode, disabled.Trouble.NotificationId));
        var (claim, ended) = await _parts.Claim.ClaimAsync(waits.Id, new ClaimRequest("worker"), None);
        Assert.Null(claim);
        Assert.Equal(DeliveryCategory.EndpointDisabled, ended!.DeliveryResult!.Category);
    }

    [Fact]
    public async Task A_disabled_one_gets_one_notification_a_day_as_one_attempt_and_a_2xx_enables_it()
    {
        var since = _time.GetUtcNow();
        await TakesCallbacksAsync();
        await AttemptAsync(Results.ClientError() with { StatusCode = 410 });
        await WatchAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        var newest = await PostAsync();
        Assert.Equal(DeliveryCategory.EndpointDisabled, newest.DeliveryResult!.Category);

        _time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        await WatchAsync();
        Assert.True((await RecordAsync(newest.Id)).IsFinal);

        // The first probe fails: nothing is tried again before the next day.
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await WatchAsync();
        var probed = await ReadAsync();
        Assert.Equal((newest.Id, _time.GetUtcNow().AddDays(1)), (probed.Probe, probed.DueAt));
        var claim = await ClaimAsync(await RecordAsync(newest.Id));
        Assert.Equal((1, true), (claim.Record.MaxAttempts, claim.Endpoint!.Disabled));
        await ReportAsync(claim, Results.ServerError(), retryInSeconds: null);
        await WatchAsync();
        Assert.Equal((true, EndpointStatus.Disabled), ((await RecordAsync(newest.Id)).IsFinal, (await ReadAsync()).Status));

        _time.Advance(TimeSpan.FromDays(1));
        await WatchAsync();
        await ReportAsync(await ClaimAsync(await RecordAsync((await ReadAsync()).Probe!)), Results.Success());

        var enabled = await ReadAsync();
        Assert.Equal((EndpointStatus.Active, null, null, null), (enabled.Status, enabled.DisabledReason, enabled.FailingSince, enabled.Probe));
        Assert.Equal((null, _time.GetUtcNow(), _time.GetUtcNow()), (enabled.WarnedAt, enabled.DueAt, enabled.LastSuccessAt));
        Assert.Equal([new OwedNews(OwedKinds.Recovered, _time.GetUtcNow(), since)], enabled.Owed);

        await WatchAsync();
        Assert.Null((await ReadAsync()).DueAt);
    }

    [Fact]
    public async Task One_that_its_owner_disabled_is_not_probed_and_a_test_does_not_enable_it()
    {
        await AttemptAsync(Results.ServerError());
        await _parts.States.DisableAsync(new EndpointStateRequest(_key), None);

        _time.Advance(TimeSpan.FromDays(3));
        await WatchAsync();
        Assert.Null((await ReadAsync()).Probe);

        var test = (await _parts.EventTransitions.AcceptAsync(_tenant.Event("waybill.test") with { EndpointId = _key.Id }, None)).Answer!.Notifications.Single();
        await ReportAsync(await ClaimAsync(test), Results.Success());
        Assert.Equal((EndpointStatus.Disabled, DisableReasons.ByOwner), ((await ReadAsync()).Status, (await ReadAsync()).DisabledReason));
    }

    [Fact]
    public async Task One_that_is_enabled_again_fails_anew()
    {
        await AttemptAsync(Results.ClientError() with { StatusCode = 410 });
        Assert.True((await _parts.States.EnableAsync(new EndpointStateRequest(_key), None)).Applied);
        var enabled = await ReadAsync();
        Assert.Equal((null, null, null), (enabled.FailingSince, enabled.Trouble, enabled.DueAt));

        _time.Advance(TimeSpan.FromMinutes(2));
        await AttemptAsync(Results.ServerError());

        Assert.Equal(_time.GetUtcNow(), (await ReadAsync()).FailingSince);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_whose_pause_is_over_is_not_disabled_for_what_failed_before_it(bool resumed)
    {
        for (var number = 0; number < 10; number++)
        {
            await AttemptAsync(Results.ServerError());
        }

        await _parts.States.PauseAsync(new EndpointStateRequest(_key, Until: _time.GetUtcNow().AddDays(20)), None);
        _time.Advance(TimeSpan.FromDays(resumed ? 10 : 20));
        await (resumed ? _parts.States.ResumeAsync(new EndpointStateRequest(_key), None) : WatchAsync());
        await WatchAsync();

        // Until then what was held is looked for once more.
        _time.Advance(TimeSpan.FromMinutes(2));
        await WatchAsync();

        var active = await ReadAsync();
        Assert.Equal((EndpointStatus.Active, null, null), (active.Status, active.FailingSince, active.Trouble));

        await AttemptAsync(Results.ServerError());
        Assert.Equal(_time.GetUtcNow(), (await ReadAsync()).FailingSince);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_owner_takes_is_owed_once_and_what_nobody_takes_is_not(bool taken)
    {
        if (taken)
        {
            await TakesCallbacksAsync();
        }

        await AttemptAsync(Results.ClientError() with { StatusCode = 410 });

        var disabled = await ReadAsync();
        Assert.Equal(taken ? [OwedKinds.Disabled] : [], disabled.Owed.Select(owed => owed.What));
        Assert.Equal(taken ? _time.GetUtcNow() : _time.GetUtcNow().AddDays(1), disabled.DueAt);

        await WatchAsync();

        var told = await ReadAsync();
        Assert.Empty(told.Owed);
        Assert.Equal(_time.GetUtcNow().AddDays(1), told.DueAt);
    }

    private Task TakesCallbacksAsync() =>
        _parts.EndpointTransitions.CreateAsync(new TestTenant(fixture, _tenant.Owner, Tenants.Reserved).Creation("waybill.endpoint.*"), None);

    private Task WatchAsync() => _parts.Watch.RunAsync(None);

    private async Task<EndpointRecord> ReadAsync() => (await _parts.Endpoints.GetAsync(_key, None))!;

    private async Task<NotificationRecord> RecordAsync(string id) => (await _parts.Store.GetAsync(id, None))!;

    private async Task<NotificationRecord> PostAsync() => Assert.Single((await _parts.EventTransitions.AcceptAsync(_tenant.Event(), None)).Answer!.Notifications);

    /// <summary>Of an event of its own, to its end.</summary>
    private async Task<NotificationRecord> AttemptAsync(DeliveryResult result)
    {
        var record = await PostAsync();
        await ReportAsync(await ClaimAsync(record), result);
        return record;
    }

    private async Task<ClaimResponse> ClaimAsync(NotificationRecord record)
    {
        var (claim, _) = await _parts.Claim.ClaimAsync(record.Id, new ClaimRequest("worker"), None);
        Assert.NotNull(claim);
        return claim;
    }

    private async Task ReportAsync(ClaimResponse claim, DeliveryResult result, double? retryInSeconds = null)
    {
        var now = _time.GetUtcNow();
        var numbered = result with { Attempt = claim.Record.NextAttemptNumber, Timestamp = now };
        var request = new ResultRequest(claim.Record.Lease!.Token, claim.Record.Epoch, numbered, retryInSeconds, claim.Request.Url, claim.Endpoint);
        Assert.True((await _parts.Worker.ResultAsync(claim.Record.Id, request, None)).Applied);
    }
}
