using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

[Collection(WorkerCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class DrainTests(WorkerFixture fixture)
{
    [Fact]
    public async Task A_worker_that_is_asked_to_stop_finishes_its_calls_and_gives_back_what_it_has_not_called()
    {
        const string Queue = "drain";
        await fixture.ProvisionAsync(Queue);
        await using var worker = await fixture.StartWorkerAsync(("Delivery__QueueName", Queue), ("Fairness__InitialPerHost", "2"));
        var url = fixture.Receiver.Url("/delay/1000");
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => fixture.SubmitAsync(url, queueName: Queue)));
        await Eventually.BecomesAsync(() => Task.FromResult(ids.Count(IsReceived)), count => count >= 2);

        Assert.Equal(0, await worker.StopAsync());

        var records = await Task.WhenAll(ids.Select(fixture.ReadAsync));
        Assert.All(records, record => Assert.Equal(IsReceived(record.Id) ? NotificationStatus.Success : NotificationStatus.Queued, Settled(record)));
        Assert.InRange(ids.Count(IsReceived), 2, 19);

        // A queue of its own: the emulator hands messages to a poll that the first worker broke off, and hides them.
        const string Next = "drain-next";
        await fixture.ProvisionAsync(Next);
        await using var next = await fixture.StartWorkerAsync(("Delivery__QueueName", Next));
        await Task.WhenAll(ids.Where(id => !IsReceived(id)).Select(id => DeliverAsync(id, Next)));
        await Task.WhenAll(ids.Select(id => fixture.BecomesAsync(id, record => record.Status == NotificationStatus.Success)));
        Assert.All(ids, id => Assert.Single(fixture.Receiver.ReceivedFor(id)));
    }

    /// <summary>
    /// As the Dispatcher does, which does not run here: one that the next worker gives back too, as the host has no place yet, is sent when it is due.
    /// </summary>
    private async Task DeliverAsync(string id, string queueName)
    {
        DateTimeOffset? sentFor = null;

        await fixture.SendAsync(id, queueName);
        await Eventually.BecomesAsync(SendIfDueAsync, record => record.Status == NotificationStatus.Success);

        async Task<NotificationRecord> SendIfDueAsync()
        {
            var record = await fixture.ReadAsync(id);

            if (record.Status == NotificationStatus.Queued && record.DueAt < DateTimeOffset.UtcNow && record.DueAt != sentFor)
            {
                sentFor = record.DueAt;
                await fixture.SendAsync(id, queueName);
            }

            return record;
        }
    }

    /// <summary>What the worker never took is still PENDING here, where nobody marks it as queued.</summary>
    private static NotificationStatus Settled(NotificationRecord record) =>
        record.Status == NotificationStatus.Pending ? NotificationStatus.Queued : record.Status;

    private bool IsReceived(string id) => fixture.Receiver.ReceivedFor(id).Count > 0;
}
