using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Records;

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

        var held = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => fixture.SubmitAsync(silent.Url, 30, Queue)));
        var healthy = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => fixture.SubmitAsync(fixture.Receiver.Url("/hook/fair"), 30, Queue)));
        var delivered = await Task.WhenAll(healthy.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.All(delivered, record => Assert.Equal(NotificationStatus.Success, record.Status));

        var records = await Task.WhenAll(held.Select(fixture.ReadAsync));
        var withoutAttempt = records.Count(record => (record.Attempts, record.History.Count) == (0, 0));
        Assert.True(withoutAttempt >= 60 - silent.Accepted, $"{withoutAttempt} of 60 without an attempt, {silent.Accepted} calls");
        Assert.InRange(silent.Accepted, 1, 10);
    }
}
