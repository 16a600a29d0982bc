using Waybill.DeliveryWorker.Tests.Fairness;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

[Collection(WorkerCollection.Name)]
public sealed class FairnessTests(WorkerFixture fixture)
{
    [Fact]
    public async Task A_host_that_never_answers_holds_up_no_other_and_burns_no_attempts_of_its_backlog()
    {
        const string Queue = "fairness";
        await fixture.ProvisionAsync(Queue);
        await using var silent = new RawServer(connection => connection.HoldAsync());
        await using var worker = await fixture.StartWorkerAsync(("Delivery__QueueName", Queue), ("Delivery__Concurrency", "16"));
        await using var intake = await fixture.StartIntakeAsync(Queue);

        var held = await SubmitAsync(60, silent.Url, Queue);
        var healthy = await SubmitAsync(60, fixture.Receiver.Url("/hook/fair"), Queue);
        var delivered = await Task.WhenAll(healthy.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.All(delivered, record => Assert.Equal(NotificationStatus.Success, record.Status));

        var records = await Task.WhenAll(held.Select(fixture.ReadAsync));
        var withoutAttempt = records.Count(record => (record.Attempts, record.History.Count) == (0, 0));
        Assert.True(withoutAttempt >= 60 - silent.Accepted, $"{withoutAttempt} of 60 without an attempt, {silent.Accepted} calls");
        Assert.InRange(silent.Accepted, 1, 10);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_host_that_fails_all_the_time_is_probed_and_gets_its_backlog_once_it_is_well(int status)
    {
        var queue = $"probed-{status}";
        await fixture.ProvisionAsync(queue);
        await using var host = await ScriptedReceiver.StartAsync(() => status);
        await using var worker = await fixture.StartWorkerAsync(("Delivery__QueueName", queue), ("Fairness__FirstProbeSeconds", "0.5"));
        await using var intake = await fixture.StartIntakeAsync(queue);

        var ids = await SubmitAsync(60, host.Url, queue);

        // Opened by five failures and those in flight with them, then probed after 0.5 s, 1 s and 2 s or more.
        await Eventually.BecomesAsync(() => Task.FromResult(host.Calls), calls => calls.Count >= 5 && calls[^1].Seconds >= 2.5);
        Assert.InRange(host.Calls.Count, 6, 5 + 8 + 3);

        host.Answer = () => 200;
        var records = await Task.WhenAll(ids.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.All(records, record => Assert.Equal(NotificationStatus.Success, record.Status));
        Assert.Equal(host.Calls.Count(call => call.Status == status), records.Sum(record => record.Attempts));
        Assert.True(records.Count(record => record.Attempts == 0) >= 60 - 16);
    }

    [Fact]
    public async Task A_host_that_refuses_beyond_its_rate_is_paced_so_that_few_calls_are_refused()
    {
        const string Queue = "paced";
        await fixture.ProvisionAsync(Queue);
        var limited = new LimitedHost(TimeProvider.System, 20);
        await using var host = await ScriptedReceiver.StartAsync(() => limited.Takes() ? 200 : 429);
        await using var worker = await fixture.StartWorkerAsync(("Delivery__QueueName", Queue));
        await using var intake = await fixture.StartIntakeAsync(Queue);

        var ids = await SubmitAsync(200, host.Url, Queue);
        var records = await Task.WhenAll(ids.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.All(records, record => Assert.Equal(NotificationStatus.Success, record.Status));
        Assert.InRange(limited.Refused, 1, 20);
    }

    [Fact]
    public async Task A_host_that_names_a_time_is_left_alone_for_so_long()
    {
        const string Queue = "wished";
        await fixture.ProvisionAsync(Queue);
        var answers = 0;
        await using var host = await ScriptedReceiver.StartAsync(() => ++answers == 1 ? 429 : 200, retryAfterSeconds: 3);
        await using var worker = await fixture.StartWorkerAsync(("Delivery__QueueName", Queue));
        await using var intake = await fixture.StartIntakeAsync(Queue);

        var first = await fixture.SubmitAsync(host.Url, queueName: Queue);
        await fixture.HasResultAsync(first);
        var later = await SubmitAsync(20, host.Url, Queue);
        await Task.WhenAll(later.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.InRange(host.Calls[1].Seconds, 2.9, double.MaxValue);
    }

    [Fact]
    public async Task A_notification_whose_host_stays_down_comes_to_its_end_by_its_schedule()
    {
        const string Queue = "ends";
        await fixture.ProvisionAsync(Queue);
        await using var host = await ScriptedReceiver.StartAsync(() => 500);
        await using var worker = await fixture.StartWorkerAsync(("Delivery__QueueName", Queue), ("Fairness__LongestProbeSeconds", "1"));
        await using var intake = await fixture.StartIntakeAsync(Queue);

        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => fixture.SubmitAsync(host.Url, queueName: Queue, retrySchedule: [1])));
        var records = await Task.WhenAll(ids.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.All(records, record => Assert.Equal((NotificationStatus.Failed, 2, 2), (record.Status, record.Attempts, record.History.Count)));
    }

    private Task<string[]> SubmitAsync(int count, string url, string queue) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => fixture.SubmitAsync(url, 30, queue)));
}
