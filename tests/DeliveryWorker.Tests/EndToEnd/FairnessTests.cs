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

        var held = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => fixture.SubmitAsync(silent.Url, 30, Queue)));
        var healthy = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => fixture.SubmitAsync(fixture.Receiver.Url("/hook/fair"), 30, Queue)));
        var delivered = await Task.WhenAll(healthy.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.All(delivered, record => Assert.Equal(NotificationStatus.Success, record.Status));
        Assert.InRange(silent.Accepted, 1, 8);

        var records = await Task.WhenAll(held.Select(fixture.ReadAsync));
        var released = records.Where(record => record.Status == NotificationStatus.Queued).ToList();
        Assert.InRange(released.Count, 40, 60);
        Assert.All(released, record => Assert.Equal((0, 0), (record.Attempts, record.History.Count)));
    }
}
