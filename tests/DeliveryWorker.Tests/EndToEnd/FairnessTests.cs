using Waybill.DeliveryWorker.Tests.Fairness;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

/// <summary>Rules out that a host with trouble holds up the others, is hammered, or costs its backlog attempts. Each test has hosts of its own.</summary>
[Collection(WorkerCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class FairnessTests(WorkerFixture fixture, FairnessFixture fairness) : IClassFixture<FairnessFixture>, IAsyncLifetime
{
    public Task InitializeAsync() => fairness.StartAsync(fixture);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_host_that_never_answers_holds_up_no_other_and_burns_no_attempts_of_its_backlog()
    {
        await using var silent = new RawServer(connection => connection.HoldAsync());

        var held = await SubmitAsync(60, silent.Url);
        var healthy = await SubmitAsync(60, fixture.Receiver.Url("/hook/fair"));
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
    public async Task A_host_that_fails_all_the_time_is_probed_and_gets_its_backlog_once_it_is_well(int status)
    {
        await using var host = await ScriptedReceiver.StartAsync(() => status);

        var ids = await SubmitAsync(60, host.Url);

        // Opened by five failures and those in flight with them, then probed after 0.5 s, 1 s and 1 s or more.
        await Eventually.BecomesAsync(() => Task.FromResult(host.Calls), calls => calls.Count >= 5 && calls[^1].Seconds >= 2.5);
        Assert.InRange(host.Calls.Count, 6, 5 + 8 + 4);

        host.Answer = () => 200;
        var records = await Task.WhenAll(ids.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.All(records, record => Assert.Equal(NotificationStatus.Success, record.Status));
        Assert.Equal(host.Calls.Count(call => call.Status == status), records.Sum(record => record.Attempts));
        Assert.True(records.Count(record => record.Attempts == 0) >= 60 - 17);
    }

    [Fact]
    public async Task A_host_that_refuses_beyond_its_rate_is_paced_so_that_few_calls_are_refused()
    {
        var limited = new LimitedHost(TimeProvider.System, 30);
        await using var host = await ScriptedReceiver.StartAsync(() => limited.Takes() ? 200 : 429);

        var ids = await SubmitAsync(150, host.Url);
        var records = await Task.WhenAll(ids.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.All(records, record => Assert.Equal(NotificationStatus.Success, record.Status));
        Assert.InRange(limited.Refused, 1, 25);
    }

    [Fact]
    public async Task A_host_that_names_a_time_is_left_alone_for_so_long()
    {
        var answers = 0;
        await using var host = await ScriptedReceiver.StartAsync(() => ++answers == 1 ? 429 : 200, retryAfterSeconds: 3);

        var first = await fixture.SubmitAsync(host.Url, queueName: FairnessFixture.Queue);
        await fixture.HasResultAsync(first);
        var later = await SubmitAsync(20, host.Url);
        await Task.WhenAll(later.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.InRange(host.Calls[1].Seconds, 2.9, double.MaxValue);
    }

    [Fact]
    public async Task A_notification_whose_host_stays_down_comes_to_its_end_by_its_schedule()
    {
        await using var host = await ScriptedReceiver.StartAsync(() => 500);

        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => fixture.SubmitAsync(host.Url, queueName: FairnessFixture.Queue, retrySchedule: [1])));
        var records = await Task.WhenAll(ids.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.All(records, record => Assert.Equal((NotificationStatus.Failed, 2, 2), (record.Status, record.Attempts, record.History.Count)));
    }

    private Task<string[]> SubmitAsync(int count, string url) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => fixture.SubmitAsync(url, 30, FairnessFixture.Queue)));
}
