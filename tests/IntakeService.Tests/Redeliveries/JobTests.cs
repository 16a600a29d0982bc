using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Redeliveries;

[Collection(IntakeCollection.Name)]
public sealed class JobTests(IntakeFixture intake)
{
    private readonly JobClient _jobs = new(intake.Setup);

    [Fact]
    public async Task What_failed_for_good_is_sent_again_and_counted()
    {
        var ids = await _jobs.FailAsync(12);
        var sent = await SentAsync(ids);

        var job = await _jobs.BecomesAsync(await _jobs.StartAsync(), job => job.Status == "COMPLETED");

        Assert.Equal((12, 12, 0), (JobClient.Count(job, "matched"), JobClient.Count(job, "redelivered"), JobClient.Count(job, "skipped")));
        Assert.Equal(1, job.Json.GetProperty("progress").GetDouble());
        Assert.Equal("operations", job.Text("createdBy"));
        Assert.Equal(_jobs.Host, job.Json.GetProperty("filter").GetProperty("host").GetString());
        Assert.NotEmpty(job.Text("finishedAt"));
        Assert.All(await _jobs.RecordsAsync(ids), record =>
            Assert.Equal((NotificationStatus.Queued, 1, job.Id), (record.Status, record.Epoch, record.RedeliveryJob)));
        Assert.All(ids.Zip(sent, await SentAsync(ids)), counts => Assert.True(counts.Third > counts.Second, $"{counts.First} was not sent."));
    }

    [Fact]
    public async Task What_waits_for_a_retry_or_has_another_category_or_is_outside_the_window_is_left_alone()
    {
        var waiting = await intake.AwaitingRetryAsync();
        var failed = await _jobs.FailAsync(2);

        var other = await _jobs.BecomesAsync(await _jobs.StartAsync(",\"category\":\"TIMEOUT\""), job => job.Status == "COMPLETED");
        var everywhere = _jobs.Body(",\"category\":\"SERVER_ERROR\"").Replace($",\"host\":\"{_jobs.Host}\"", "", StringComparison.Ordinal);
        var broad = await _jobs.Operator.PostJsonAsync("/v1/redeliveries", everywhere);
        await _jobs.BecomesAsync(broad.Id, job => job.Status == "COMPLETED");

        Assert.Equal(0, JobClient.Count(other, "matched"));
        Assert.All(await _jobs.RecordsAsync([waiting, .. failed]), record => Assert.Equal(0, record.Epoch));
    }

    [Fact]
    public async Task What_failed_after_the_job_was_created_is_not_its_business()
    {
        var ids = await _jobs.FailAsync(3);
        var first = await _jobs.BecomesAsync(await _jobs.StartAsync(), job => job.Status == "COMPLETED");

        await Task.WhenAll(ids.Select(_jobs.FailAgainAsync));
        var outcome = await intake.Setup.Status.Client.RedeliverAsync(ids[0], new(first.Id, DateTimeOffset.Parse(first.Text("createdAt"))), CancellationToken.None);

        Assert.False(outcome.Applied);
        Assert.All(await _jobs.RecordsAsync(ids), record => Assert.Equal(1, record.Epoch));
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_job_takes_its_time()
    {
        await _jobs.FailAsync(30);

        var job = await _jobs.BecomesAsync(await _jobs.StartAsync(",\"ratePerSecond\":10"), job => job.Status == "COMPLETED");

        // The first goes at once, the others each a tenth of a second after the one before.
        Assert.Equal(30, JobClient.Count(job, "redelivered"));
        Assert.True(DateTimeOffset.Parse(job.Text("finishedAt")) - DateTimeOffset.Parse(job.Text("createdAt")) >= TimeSpan.FromSeconds(2.9), job.ToString());
    }

    [Fact]
    public async Task A_cancelled_job_stops_in_the_middle()
    {
        var ids = await _jobs.FailAsync(40);
        var id = await _jobs.StartAsync(",\"ratePerSecond\":5");
        await _jobs.BecomesAsync(id, job => JobClient.Count(job, "redelivered") >= 5);

        var cancelled = await _jobs.Operator.DeleteAsync($"/v1/redeliveries/{id}");
        await intake.Setup.Intake.PrintsAsync($"Leaves {id}, which is CANCELLED");
        var after = await _jobs.RecordsAsync(ids);
        var again = await _jobs.Operator.DeleteAsync($"/v1/redeliveries/{id}");

        Assert.Equal((HttpStatusCode.OK, "CANCELLED"), (cancelled.StatusCode, cancelled.Status));
        Assert.Equal((HttpStatusCode.OK, "CANCELLED"), (again.StatusCode, again.Status));
        Assert.InRange(after.Count(record => record.Epoch == 1), 5, 30);
        Assert.Equal("CANCELLED", (await _jobs.GetAsync(id)).Status);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task Two_intake_services_redeliver_each_once()
    {
        await using var second = await intake.Setup.StartReplicaAsync(("Redeliveries__PollSeconds", "0.1"));
        var ids = await _jobs.FailAsync(40);

        var jobs = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
            await _jobs.BecomesAsync(await _jobs.StartAsync(",\"ratePerSecond\":20"), job => job.Status == "COMPLETED")));

        Assert.All(await _jobs.RecordsAsync(ids), record => Assert.Equal(1, record.Epoch));
        Assert.Equal(40, jobs.Sum(job => JobClient.Count(job, "redelivered")));
    }

    [Fact]
    public async Task The_list_has_the_newest_job_first()
    {
        var first = await _jobs.StartAsync();
        var second = await _jobs.StartAsync();

        var list = await _jobs.Operator.GetAsync("/v1/redeliveries?limit=100");
        var ids = list.Json.GetProperty("items").EnumerateArray().Select(job => job.GetProperty("id").GetString()).Where(id => id == first || id == second);

        Assert.Equal([second, first], ids);
        Assert.Single((await _jobs.Operator.GetAsync("/v1/redeliveries?limit=1")).Json.GetProperty("items").EnumerateArray());
    }

    private async Task<int[]> SentAsync(IEnumerable<string> ids)
    {
        var counts = await intake.Setup.Queue.CountsAsync();
        return [.. ids.Select(id => counts.GetValueOrDefault(id))];
    }
}
