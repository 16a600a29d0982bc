using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Tests.Queries.Listing;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Redeliveries;

/// <summary>The job's own table of what may follow what, through the internal API, on a real table.</summary>
[Collection(StatusCollection.Name)]
public sealed class JobTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset Hour = new(2002, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RedeliveryClient _jobs = new(fixture.Status.CreateInternalClient(TestKeys.Internal));

    [Fact]
    public async Task Pages_are_bounded_whatever_the_window_holds_and_have_each_notification_once()
    {
        var times = Enumerable.Range(0, 2500).Select(number => Hour.AddSeconds(number));
        var failed = await new ListClient(fixture).PutAsync(times, url: "http://pages.example.com/", status: NotificationStatus.Failed);
        var job = (await LeasedAsync(host: "pages.example.com"))!;
        var pages = new List<RedeliveryPage>();

        while (job.Status == RedeliveryJobStatus.Running)
        {
            var page = await _jobs.PageAsync(job.Id, 200, None);
            var counts = job.Counts with { Seen = job.Counts.Seen + page.Seen };
            var noted = await _jobs.CheckpointAsync(job.Id, new CheckpointRequest(job.LeaseToken!, job.Version, page.Next, counts, 60), None);

            Assert.True(noted.Applied);
            pages.Add(page);
            job = noted.Job!;
        }

        Assert.All(pages, page => Assert.InRange(page.Ids.Count, 0, 200));
        Assert.Equal(failed.Order(StringComparer.Ordinal), pages.SelectMany(page => page.Ids).Order(StringComparer.Ordinal));
        Assert.Equal((RedeliveryJobStatus.Completed, job.Filter.From), (job.Status, job.Reached));
        Assert.True(job.Counts.Seen >= failed.Length);
        Assert.Empty((await _jobs.PageAsync(job.Id, 200, None)).Ids);
    }

    [Fact]
    public async Task Of_many_that_want_to_work_on_a_job_one_gets_it()
    {
        var job = await CreateAsync();

        var leases = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _jobs.LeaseAsync(job.Id, new LeaseJobRequest(60), None)));

        Assert.Single(leases, lease => lease.Applied);
        Assert.DoesNotContain(job.Id, await _jobs.WaitingAsync(100, None));
    }

    [Fact]
    public async Task A_job_whose_lease_has_ended_is_found_and_taken_over_and_the_one_before_can_note_nothing()
    {
        var first = (await LeasedAsync(leaseSeconds: 0.2))!;
        await Eventually.BecomesAsync(() => _jobs.WaitingAsync(100, None), waiting => waiting.Contains(first.Id));

        var second = await _jobs.LeaseAsync(first.Id, new LeaseJobRequest(60), None);
        var late = await _jobs.CheckpointAsync(first.Id, Checkpoint(first), None);

        Assert.True(second.Applied);
        Assert.False(late.Applied);
        Assert.Equal(second.Job!.LeaseToken, late.Job!.LeaseToken);
        Assert.Equal(0, late.Job.Counts.Seen);
    }

    [Fact]
    public async Task A_checkpoint_that_comes_late_does_not_set_a_job_back()
    {
        var job = (await LeasedAsync())!;
        Assert.True((await _jobs.CheckpointAsync(job.Id, Checkpoint(job), None)).Applied);

        var late = await _jobs.CheckpointAsync(job.Id, Checkpoint(job) with { Counts = RedeliveryCounts.None }, None);

        Assert.False(late.Applied);
        Assert.Equal(7, late.Job!.Counts.Seen);
    }

    [Fact]
    public async Task Nothing_applies_to_a_job_that_was_cancelled()
    {
        var job = (await LeasedAsync())!;

        var cancelled = await _jobs.CancelAsync(job.Id, None);

        Assert.True(cancelled.Applied);
        Assert.NotNull(cancelled.Job!.FinishedAt);
        Assert.False((await _jobs.CheckpointAsync(job.Id, Checkpoint(job), None)).Applied);
        Assert.False((await _jobs.LeaseAsync(job.Id, new LeaseJobRequest(60), None)).Applied);
        Assert.False((await _jobs.CancelAsync(job.Id, None)).Applied);
        Assert.Equal(RedeliveryJobStatus.Cancelled, (await _jobs.GetAsync(job.Id, None))!.Status);
    }

    [Fact]
    public async Task A_job_that_is_stored_again_with_its_id_stays_as_it_is()
    {
        var job = (await LeasedAsync())!;

        var again = await _jobs.CreateAsync(new CreateJobRequest(job.Id, job.Filter, 1, "somebody-else"), None);

        Assert.Equal((job.Version, job.RatePerSecond, job.CreatedBy), (again.Version, again.RatePerSecond, again.CreatedBy));
    }

    [Fact]
    public async Task Who_looks_for_notifications_never_meets_a_job()
    {
        var job = await CreateAsync();

        var due = await Task.WhenAll(Shards.All.Select(shard => fixture.Status.Client.DueAsync(shard, 1000, None)));
        var list = await new ListClient(fixture).ListAsync("limit=200", TestKeys.Operator);

        Assert.DoesNotContain(job.Id, due.SelectMany(items => items).Select(item => item.Id));
        Assert.DoesNotContain(job.Id, ListClient.Ids(list));
        Assert.Null(await fixture.Status.Client.GetAsync(job.Id, None));
    }

    private static CheckpointRequest Checkpoint(RedeliveryJob job) =>
        new(job.LeaseToken!, job.Version, job.Position, RedeliveryCounts.None with { Seen = 7 }, 60);

    private Task<RedeliveryJob> CreateAsync(string? host = null)
    {
        var filter = new RedeliveryFilter(Hour, Hour.AddHours(1), host);
        return _jobs.CreateAsync(new CreateJobRequest(RedeliveryJobId.New(DateTimeOffset.UtcNow), filter, 50, "operations"), None);
    }

    private async Task<RedeliveryJob?> LeasedAsync(double leaseSeconds = 60, string? host = null)
    {
        var job = await CreateAsync(host);
        return (await _jobs.LeaseAsync(job.Id, new LeaseJobRequest(leaseSeconds), None)).Job;
    }
}
