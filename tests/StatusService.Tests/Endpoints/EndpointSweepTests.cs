using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Endpoints;

/// <summary>Rules out that a deletion leaves anything open, ends what is another endpoint's, or takes an attempt that is under way out of a worker's hands.</summary>
[Collection(StatusCollection.Name)]
public sealed class EndpointSweepTests(StatusFixture fixture)
{
    /// <summary>More than the sweep takes at a time.</summary>
    private const int Many = 130;

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestTenant _tenant = new(fixture);

    private StatusClient Client => fixture.Status.Client;

    [Fact]
    public async Task A_deletion_ends_what_waits_in_each_way_and_nothing_of_another_endpoint()
    {
        var (deleted, _) = await _tenant.CreateAsync("*");
        var (kept, _) = await _tenant.CreateAsync("*");
        var elsewhere = new TestTenant(fixture, "bob", _tenant.Name);
        await elsewhere.CreateAsync("*");
        var all = new[] { await PendingAsync(), await QueuedAsync(), await AwaitingRetryAsync(), await ScheduledAsync() }.SelectMany(records => records).ToArray();
        var direct = (await Client.AcceptAsync(Submissions.New(), None)).Record!;
        var bobs = Assert.Single(await elsewhere.PostAsync());
        var before = await ReadAsync([.. all.Where(record => record.Event!.EndpointId == kept.Id), direct, bobs]);
        Assert.Equal([NotificationStatus.Pending, NotificationStatus.Queued, NotificationStatus.Failed, NotificationStatus.Pending], before[..4].Select(record => record.Status));

        await _tenant.DeleteAsync(deleted);

        var ended = await EndedAsync([.. all.Where(record => record.Event!.EndpointId == deleted.Id)]);
        Assert.Equal(4, ended.Count);
        Assert.All(ended, AssertEnded);
        Assert.Equal("http_503", Assert.Single(ended[2].History).ErrorCode);
        await SweptAsync();
        Assert.Equal(before.Select(record => record.Version), (await ReadAsync(before)).Select(record => record.Version));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_attempt_that_is_under_way_ends_first_and_is_not_repeated(bool succeeds)
    {
        var (deleted, _) = await _tenant.CreateAsync("*");
        var record = Assert.Single(await _tenant.PostAsync());
        var (claim, _) = await Client.ClaimAsync(record.Id, new ClaimRequest("worker"), None);

        await _tenant.DeleteAsync(deleted);
        await SweptAsync();

        var inHand = Assert.Single(await ReadAsync([record]));
        Assert.Equal((NotificationStatus.Processing, claim!.Record.Version), (inHand.Status, inHand.Version));

        var reported = await Client.ResultAsync(record.Id, new ResultRequest(claim.Record.Lease!.Token, 0, succeeds ? Results.Success() : Results.ServerError(), succeeds ? null : 0, claim.Request.Url), None);
        Assert.True(reported.Applied);

        var (again, last) = await Client.ClaimAsync(record.Id, new ClaimRequest("another worker"), None);
        Assert.Null(again);
        Assert.Single(last!.History);
        Assert.Equal(succeeds ? (NotificationStatus.Success, null) : (NotificationStatus.Failed, "endpoint_deleted"), (last.Status, last.DeliveryResult!.ErrorDetails?.Code));
        Assert.Equal((true, null), (last.IsFinal, last.DueAt));
    }

    [Fact]
    public async Task What_is_final_stays_as_it_is()
    {
        var (deleted, _) = await _tenant.CreateAsync("*");
        NotificationRecord[] final = [await ReportedAsync(Results.Success()), await ReportedAsync(Results.ClientError())];

        await _tenant.DeleteAsync(deleted);
        await SweptAsync();

        Assert.Equal(final.Select(record => (record.Version, record.Status)), (await ReadAsync(final)).Select(record => (record.Version, record.Status)));
    }

    [Fact]
    public async Task All_of_it_ends_where_it_is_more_than_one_page()
    {
        var (deleted, _) = await _tenant.CreateAsync("*");
        var open = await Task.WhenAll(Enumerable.Range(0, Many).Select(async _ => (await _tenant.PostAsync()).Single()));

        await _tenant.DeleteAsync(deleted);

        Assert.All(await EndedAsync(open), AssertEnded);
    }

    private Task<IReadOnlyList<NotificationRecord>> PendingAsync() => _tenant.PostAsync();

    private async Task<IReadOnlyList<NotificationRecord>> QueuedAsync()
    {
        var records = await _tenant.PostAsync();
        await Task.WhenAll(records.Select(record => Client.QueuedAsync(record.Id, None)));
        return records;
    }

    private async Task<IReadOnlyList<NotificationRecord>> AwaitingRetryAsync()
    {
        var records = await _tenant.PostAsync();
        await Task.WhenAll(records.Select(record => ReportAsync(record, Results.ServerError(), retryInSeconds: 3600)));
        return records;
    }

    private async Task<IReadOnlyList<NotificationRecord>> ScheduledAsync() =>
        (await _tenant.PostAsync(_tenant.Event() with { DeliverAt = DateTimeOffset.UtcNow.AddDays(300) })).Answer!.Notifications;

    /// <summary>Of an event of its own.</summary>
    private async Task<NotificationRecord> ReportedAsync(DeliveryResult result)
    {
        var record = Assert.Single(await _tenant.PostAsync());
        await ReportAsync(record, result, retryInSeconds: null);
        return Assert.Single(await ReadAsync([record]));
    }

    private async Task ReportAsync(NotificationRecord record, DeliveryResult result, double? retryInSeconds)
    {
        var (claim, _) = await Client.ClaimAsync(record.Id, new ClaimRequest("worker"), None);
        Assert.True((await Client.ResultAsync(record.Id, new ResultRequest(claim!.Record.Lease!.Token, 0, result, retryInSeconds, claim.Request.Url), None)).Applied);
    }

    private async Task<IReadOnlyList<NotificationRecord>> EndedAsync(IReadOnlyList<NotificationRecord> records) =>
        await Eventually.BecomesAsync(() => ReadAsync(records), read => read.All(record => record.IsFinal));

    /// <summary>One endpoint is swept after the other: what was deleted before this one is done with.</summary>
    private async Task SweptAsync()
    {
        var last = new TestTenant(fixture);
        var (endpoint, _) = await last.CreateAsync("*");
        var records = await last.PostAsync();
        await last.DeleteAsync(endpoint);
        await EndedAsync(records);
    }

    private static void AssertEnded(NotificationRecord record)
    {
        Assert.Equal((NotificationStatus.Failed, true, null, null), (record.Status, record.IsFinal, record.DueAt, record.NextAttemptAt));
        Assert.Equal((DeliveryCategory.Abandoned, "endpoint_deleted", false), (record.DeliveryResult!.Category, record.DeliveryResult.ErrorDetails!.Code, record.DeliveryResult.RetryEligible));
    }

    private async Task<NotificationRecord[]> ReadAsync(IReadOnlyList<NotificationRecord> records) =>
        await Task.WhenAll(records.Select(async record => (await Client.GetAsync(record.Id, None))!));
}
