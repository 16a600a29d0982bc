using Waybill.IntakeService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Redeliveries;

/// <summary>With processes of its own, as it kills them. Rules out that a job is lost, or that it redelivers anything twice.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class JobFaultTests : IAsyncLifetime
{
    private const int Failed = 40;

    private IntakeSetup _setup = null!;
    private JobClient _jobs = null!;

    public async Task InitializeAsync()
    {
        _setup = await IntakeSetup.StartAsync(
            ("StatusService__TimeoutSeconds", "10"),
            ("Redeliveries__LeaseSeconds", "3"),
            ("Redeliveries__PollSeconds", "0.2"));
        _jobs = new JobClient(_setup);
    }

    public async Task DisposeAsync() => await _setup.DisposeAsync();

    [Fact]
    public async Task A_job_goes_on_after_a_crash_and_redelivers_each_once()
    {
        var ids = await _jobs.FailAsync(Failed);
        var id = await _jobs.StartAsync(",\"ratePerSecond\":10");
        await _jobs.BecomesAsync(id, job => JobClient.Count(job, "redelivered") >= 5);

        await _setup.Intake.KillAsync();
        var left = (await _jobs.RecordsAsync(ids)).Count(record => record.Epoch == 0);
        await _setup.Intake.StartAsync();
        var job = await _jobs.BecomesAsync(id, job => job.Status == "COMPLETED");

        Assert.InRange(left, 1, Failed - 5);
        Assert.Equal((Failed, Failed, 0), (JobClient.Count(job, "matched"), JobClient.Count(job, "redelivered"), JobClient.Count(job, "skipped")));
        Assert.All(await _jobs.RecordsAsync(ids), record => Assert.Equal(1, record.Epoch));
    }

    [Fact]
    public async Task What_fails_for_good_again_before_the_page_is_seen_again_is_not_redelivered_twice()
    {
        var ids = await _jobs.FailAsync(Failed);
        string id;

        // No checkpoint arrives, so each process that takes the job up sees the same first page.
        using (_setup.Relay.Cut("/checkpoint"))
        {
            id = await _jobs.StartAsync(",\"ratePerSecond\":20");
            await Eventually.BecomesAsync(() => _jobs.RecordsAsync(ids), records => records.Count(record => record.Epoch == 1) >= 20);

            foreach (var record in (await _jobs.RecordsAsync(ids)).Where(record => record.Epoch == 1))
            {
                await _jobs.FailAgainAsync(record.Id);
            }

            await _setup.Intake.KillAsync();
        }

        await _setup.Intake.StartAsync();
        var job = await _jobs.BecomesAsync(id, job => job.Status == "COMPLETED");

        Assert.All(await _jobs.RecordsAsync(ids), record => Assert.Equal(1, record.Epoch));
        Assert.Equal(Failed, JobClient.Count(job, "redelivered"));
    }

    [Fact]
    public async Task A_job_waits_while_the_queue_is_down()
    {
        var ids = await _jobs.FailAsync(Failed);
        string id;

        await using (await _setup.KillQueueAsync())
        {
            id = await _jobs.StartAsync(",\"ratePerSecond\":10");
            await _setup.Intake.PrintsAsync("The queue does not take what is redelivered.");
            Assert.Equal(0, JobClient.Count(await _jobs.GetAsync(id), "redelivered"));
        }

        var job = await _jobs.BecomesAsync(id, job => job.Status == "COMPLETED");
        Assert.Equal(Failed, JobClient.Count(job, "redelivered"));
        Assert.All(await _jobs.RecordsAsync(ids), record => Assert.Equal(1, record.Epoch));
    }

    [Fact]
    public async Task A_job_waits_while_the_status_service_is_down()
    {
        var ids = await _jobs.FailAsync(Failed);
        var id = await _jobs.StartAsync(",\"ratePerSecond\":10");
        await _jobs.BecomesAsync(id, job => JobClient.Count(job, "redelivered") >= 5);

        await _setup.Status.Process.KillAsync();
        await _setup.Intake.PrintsAsync($"{id} rests for a while");
        await _setup.Status.Process.StartAsync();

        var job = await _jobs.BecomesAsync(id, job => job.Status == "COMPLETED");
        Assert.Equal(Failed, JobClient.Count(job, "redelivered"));
        Assert.All(await _jobs.RecordsAsync(ids), record => Assert.Equal(1, record.Epoch));
    }
}
