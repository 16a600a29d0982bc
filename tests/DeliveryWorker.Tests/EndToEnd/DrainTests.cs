using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

[Collection(WorkerCollection.Name)]
public sealed class DrainTests(WorkerFixture fixture)
{
    [Fact]
    public async Task A_worker_that_is_asked_to_stop_finishes_what_is_in_hand_and_leaves_the_rest_to_others()
    {
        const string Queue = "drain";
        await fixture.ProvisionAsync(Queue);
        await using var worker = await fixture.StartWorkerAsync(("Delivery__QueueName", Queue), ("Delivery__Concurrency", "2"));
        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => fixture.SubmitAsync(fixture.Receiver.Url("/delay/1500"), queueName: Queue)));
        await Eventually.BecomesAsync(() => Task.FromResult(ids.Count(IsReceived)), count => count == 2);

        Assert.Equal(0, await worker.StopAsync());

        var records = await Task.WhenAll(ids.Select(fixture.ReadAsync));
        Assert.DoesNotContain(records, record => record.Status == NotificationStatus.Processing);
        Assert.Equal(ids.Count(IsReceived), records.Count(record => record.Status == NotificationStatus.Success));
        Assert.InRange(ids.Count(IsReceived), 2, 5);

        await using var next = await fixture.StartWorkerAsync(("Delivery__QueueName", Queue));
        await Task.WhenAll(ids.Select(id => fixture.BecomesAsync(id, record => record.Status == NotificationStatus.Success)));
        Assert.All(ids, id => Assert.Single(fixture.Receiver.ReceivedFor(id)));
    }

    private bool IsReceived(string id) => fixture.Receiver.ReceivedFor(id).Count > 0;
}
