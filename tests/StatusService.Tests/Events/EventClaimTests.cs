using System.Text;
using Waybill.Notifications.Records;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Events;

/// <summary>Rules out that an attempt of an event's notification goes anywhere but where its endpoint is at that moment, or with another secret.</summary>
[Collection(StatusCollection.Name)]
public sealed class EventClaimTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestTenant _tenant = new(fixture);

    private StatusClient Client => fixture.Status.Client;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_claim_has_the_event_and_all_of_its_endpoint(bool hinted)
    {
        var (endpoint, secret) = await _tenant.CreateAsync("*");
        var record = Assert.Single(await _tenant.PostAsync());

        var claim = await ClaimAsync(record, hinted ? EventTarget.Of(record) : null);

        Assert.Equal(("POST", TestTenant.Url, "application/json", TestTenant.Body), (claim.Request.Method, claim.Request.Url, claim.Request.ContentType, Encoding.UTF8.GetString(claim.Request.Body!)));
        Assert.Equal(endpoint.Headers, claim.Request.Headers);
        Assert.Equal([secret], Opened(claim));
        Assert.Equal((record.Event, NotificationStatus.Processing, record.Event!.Id), (claim.Record.Event, claim.Record.Status, claim.Record.WebhookId));
    }

    [Fact]
    public async Task A_claim_goes_where_the_endpoint_is_now()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var record = Assert.Single(await _tenant.PostAsync());
        await _tenant.ChangeAsync(endpoint, change => change with
        {
            Url = "https://repaired.example/hooks",
            Headers = new Dictionary<string, string> { ["X-New"] = "1" },
            TimeoutSeconds = 3,
            RetrySchedule = [5, 6],
            Types = ["nothing.of.that"],
        });

        var claim = await ClaimAsync(record, EventTarget.Of(record));

        Assert.Equal(("https://repaired.example/hooks", "https://repaired.example/hooks"), (claim.Request.Url, claim.Record.Url));
        Assert.Equal("1", Assert.Single(claim.Request.Headers).Value);
        Assert.Equal((3, 3), (claim.Record.TimeoutSeconds, claim.Record.MaxAttempts));
        Assert.Equal([5, 6], claim.Record.RetrySchedule!);
        Assert.Equal(Notifications.Delivery.DeliveryTiming.LeaseFor(3), claim.Record.Lease!.Until - claim.Record.Lease.StartedAt);
        Assert.Equal((claim.Record.Url, claim.Record.MaxAttempts), await ReadAsync(record.Id, read => (read.Url, read.MaxAttempts)));
    }

    [Fact]
    public async Task A_schedule_that_the_endpoint_has_no_more_is_none_of_its_notifications_any_more()
    {
        var created = await _tenant.Endpoints.CreateAsync(_tenant.Creation("*") with { RetrySchedule = [] }, None);
        var record = Assert.Single(await _tenant.PostAsync());
        Assert.Equal(1, record.MaxAttempts);
        await _tenant.ChangeAsync(created.Endpoint!, change => change with { DefaultSchedule = true });

        var claim = await ClaimAsync(record, null);

        Assert.Null(claim.Record.RetrySchedule);
        Assert.Equal(10, claim.Record.MaxAttempts);
    }

    [Fact]
    public async Task A_claim_has_each_secret_that_is_valid_then()
    {
        var (endpoint, first) = await _tenant.CreateAsync("*");
        var key = _tenant.KeyOf(endpoint);
        var records = new[] { (await _tenant.PostAsync())[0], (await _tenant.PostAsync())[0] };

        var second = (await _tenant.Endpoints.RotateSecretAsync(new RotateSecretRequest(key, KeepOldUntil: DateTimeOffset.UtcNow.AddHours(1)), None)).Answer!.Secret!;
        Assert.Equal([second, first], Opened(await ClaimAsync(records[0], EventTarget.Of(records[0]))));

        var third = (await _tenant.Endpoints.RotateSecretAsync(new RotateSecretRequest(key), None)).Answer!.Secret!;
        Assert.Equal([third, first], Opened(await ClaimAsync(records[1], EventTarget.Of(records[1]))));
    }

    public enum WrongHint
    {
        AnotherEndpoint,
        AnotherEvent,
        NoSuchEvent,
        NoSuchEndpoint,
        ADeletedEndpoint,
        AnotherTenant,
    }

    [Theory]
    [InlineData(WrongHint.AnotherEndpoint)]
    [InlineData(WrongHint.AnotherEvent)]
    [InlineData(WrongHint.NoSuchEvent)]
    [InlineData(WrongHint.NoSuchEndpoint)]
    [InlineData(WrongHint.ADeletedEndpoint)]
    [InlineData(WrongHint.AnotherTenant)]
    public async Task A_hint_that_is_wrong_leads_nowhere_else(WrongHint wrong)
    {
        var (endpoint, secret) = await _tenant.CreateAsync("order.*");
        var record = Assert.Single(await _tenant.PostAsync());
        var hint = await HintAsync(wrong, EventTarget.Of(record)!);

        var claim = await ClaimAsync(record, hint);

        Assert.Equal((endpoint.Url, TestTenant.Body), (claim.Request.Url, Encoding.UTF8.GetString(claim.Request.Body!)));
        Assert.Equal([secret], Opened(claim));
        Assert.Equal((1, endpoint.Url), await ReadAsync(record.Id, read => (read.Claims, read.Url)));
    }

    [Fact]
    public async Task What_was_posted_to_a_url_is_delivered_there_whatever_a_message_says()
    {
        await _tenant.CreateAsync("*");
        var hint = EventTarget.Of((await _tenant.PostAsync())[0]);
        var direct = (await Client.AcceptAsync(Submissions.New(), None)).Record!;

        var claim = await ClaimAsync(direct, hint);

        Assert.Equal(direct.Url, claim.Request.Url);
        Assert.Null(claim.Secrets);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_open_for_a_deleted_endpoint_ends(bool hinted)
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var record = Assert.Single(await _tenant.PostAsync());
        await _tenant.DeleteAsync(endpoint);

        var (claim, current) = await Client.ClaimAsync(record.Id, new ClaimRequest("worker", Target: hinted ? EventTarget.Of(record) : null), None);

        Assert.Null(claim);
        Assert.Equal((NotificationStatus.Failed, true, DeliveryCategory.Abandoned, "endpoint_deleted"), (current!.Status, current.IsFinal, current.DeliveryResult!.Category, current.DeliveryResult.ErrorDetails!.Code));
        Assert.Null(current.DueAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_has_no_event_any_more_ends(bool hinted)
    {
        await _tenant.CreateAsync("*");
        var record = Assert.Single(await _tenant.PostAsync());
        await fixture.Backends.DynamoDbClient.DeleteItemAsync(TableDefinition.DefaultName, EventItem.Key(record.Event!.Id));

        var (claim, current) = await Client.ClaimAsync(record.Id, new ClaimRequest("worker", Target: hinted ? EventTarget.Of(record) : null), None);

        Assert.Null(claim);
        Assert.Equal((true, DeliveryCategory.Abandoned, "request_expired"), (current!.IsFinal, current.DeliveryResult!.Category, current.DeliveryResult.ErrorDetails!.Code));
    }

    [Fact]
    public async Task The_history_says_where_each_attempt_went()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var record = Assert.Single(await _tenant.PostAsync());

        var first = await ClaimAsync(record, null);
        await ReportAsync(first, Results.ServerError(), retryInSeconds: 0);
        await _tenant.ChangeAsync(endpoint, change => change with { Url = "https://repaired.example/hooks" });
        var second = await ClaimAsync(record, null);
        await ReportAsync(second, Results.Success(2), retryInSeconds: null);

        var history = await ReadAsync(record.Id, read => read.History);
        Assert.Equal([TestTenant.Url, "https://repaired.example/hooks"], history.Select(entry => entry.Url!));
    }

    [Fact]
    public async Task Of_64_workers_exactly_one_gets_the_lease()
    {
        await _tenant.CreateAsync("*");
        var record = Assert.Single(await _tenant.PostAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Client.ClaimAsync(record.Id, new ClaimRequest($"worker-{number}", Target: EventTarget.Of(record)), None)));

        Assert.Single(answers, answer => answer.Claim is not null);
    }

    [Fact]
    public async Task A_worker_that_asks_again_gets_the_lease_it_has()
    {
        await _tenant.CreateAsync("*");
        var record = Assert.Single(await _tenant.PostAsync());
        var request = new ClaimRequest("worker", Lease.NewToken(), EventTarget.Of(record));

        var (first, _) = await Client.ClaimAsync(record.Id, request, None);
        var (again, _) = await Client.ClaimAsync(record.Id, request, None);

        Assert.Equal((first!.Record.Version, first.Record.Lease), (again!.Record.Version, again.Record.Lease));
        Assert.Equal(Opened(first), Opened(again));
    }

    [Fact]
    public async Task A_redelivery_has_the_same_event_and_the_endpoint_as_it_is_then()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var record = await DeliveredAsync();
        await _tenant.ChangeAsync(endpoint, change => change with { Url = "https://moved.example/hooks" });

        Assert.True((await Client.RedeliverAsync(record.Id, None)).Applied);

        var claim = await ClaimAsync(record, null);
        Assert.Equal(("https://moved.example/hooks", TestTenant.Body, 1), (claim.Request.Url, Encoding.UTF8.GetString(claim.Request.Body!), claim.Record.Epoch));
    }

    [Fact]
    public async Task A_redelivery_renews_the_life_of_its_event()
    {
        await _tenant.CreateAsync("*");
        var record = await DeliveredAsync();
        var soon = DateTimeOffset.UtcNow.AddHours(1);
        await fixture.Backends.DynamoDbClient.UpdateItemAsync(new()
        {
            TableName = TableDefinition.DefaultName,
            Key = EventItem.Key(record.Event!.Id),
            UpdateExpression = "SET expiresAt = :soon",
            ExpressionAttributeValues = new() { [":soon"] = StoredValue.OfSeconds(soon) },
        });

        Assert.True((await Client.RedeliverAsync(record.Id, None)).Applied);

        Assert.True((await _tenant.ReadAsync(EventItem.Key(record.Event.Id)))!.TimeInSeconds(StoredNames.ExpiresAt) > soon.AddDays(1));
    }

    [Fact]
    public async Task A_redelivery_to_an_endpoint_that_was_deleted_since_ends_so()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var record = await DeliveredAsync();
        await _tenant.DeleteAsync(endpoint);
        await Client.RedeliverAsync(record.Id, None);

        var (claim, current) = await Client.ClaimAsync(record.Id, new ClaimRequest("worker"), None);

        Assert.Null(claim);
        Assert.Equal("endpoint_deleted", current!.DeliveryResult!.ErrorDetails!.Code);
        Assert.Single(current.History);
    }

    [Fact]
    public async Task A_redelivery_without_its_event_is_refused()
    {
        await _tenant.CreateAsync("*");
        var record = await DeliveredAsync();
        await fixture.Backends.DynamoDbClient.DeleteItemAsync(TableDefinition.DefaultName, EventItem.Key(record.Event!.Id));

        Assert.False((await Client.RedeliverAsync(record.Id, None)).Applied);
    }

    /// <summary>The one notification of an event.</summary>
    private async Task<NotificationRecord> DeliveredAsync()
    {
        var record = Assert.Single(await _tenant.PostAsync());
        await ReportAsync(await ClaimAsync(record, null), Results.Success(), retryInSeconds: null);
        return record;
    }

    private async Task<EventTarget> HintAsync(WrongHint wrong, EventTarget right)
    {
        switch (wrong)
        {
            case WrongHint.AnotherEndpoint:
                var (other, _) = await _tenant.CreateAsync("user.*");
                return right with { Endpoint = _tenant.KeyOf(await _tenant.ChangeAsync(other, change => change with { Url = "https://wrong.example/" })) };

            case WrongHint.AnotherEvent:
                return right with { EventId = (await _tenant.PostAsync(_tenant.Event("nobody.takes.it") with { Body = "{}"u8.ToArray() })).Answer!.Event.Id };

            case WrongHint.NoSuchEvent:
                return right with { EventId = EventIds.New(DateTimeOffset.UtcNow) };

            case WrongHint.NoSuchEndpoint:
                return right with { Endpoint = _tenant.NewKey() };

            case WrongHint.ADeletedEndpoint:
                var (deleted, _) = await _tenant.CreateAsync("user.*");
                await _tenant.DeleteAsync(deleted);
                return right with { Endpoint = _tenant.KeyOf(deleted) };

            default:
                var stranger = new TestTenant(fixture, "bob");
                return right with { Endpoint = stranger.KeyOf((await stranger.CreateAsync("*")).Endpoint) };
        }
    }

    private async Task<ClaimResponse> ClaimAsync(NotificationRecord record, EventTarget? target)
    {
        var (claim, current) = await Client.ClaimAsync(record.Id, new ClaimRequest("worker", Target: target), None);
        Assert.True(claim is not null, $"Not claimed, but {current?.Status} {current?.DeliveryResult?.ErrorDetails?.Code}.");
        return claim;
    }

    private async Task ReportAsync(ClaimResponse claim, DeliveryResult result, double? retryInSeconds) =>
        Assert.True((await Client.ResultAsync(claim.Record.Id, new ResultRequest(claim.Record.Lease!.Token, claim.Record.Epoch, result, retryInSeconds, claim.Request.Url), None)).Applied);

    private async Task<T> ReadAsync<T>(string id, Func<NotificationRecord, T> read) => read((await Client.GetAsync(id, None))!);

    /// <summary>As the worker opens them.</summary>
    private static string[] Opened(ClaimResponse claim) =>
        [.. claim.Secrets!.Select(secret => Encoding.ASCII.GetString(new Sealer([TestKeys.Sealing]).Open(secret, claim.Record.Owner, claim.Record.Event!.Tenant, claim.Record.Event.EndpointId)))];
}
