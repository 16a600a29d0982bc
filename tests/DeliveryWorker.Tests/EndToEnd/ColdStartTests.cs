using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

/// <summary>Rules out that a worker that has just started, to which every host is new, gives back what healthy hosts could take.</summary>
[Collection(WorkerCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class ColdStartTests(WorkerFixture fixture)
{
    private const string Queue = "cold-start";

    /// <summary>Accept, Claim, Succeed: here nobody marks it as queued.</summary>
    private const int VersionWithoutRelease = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_backlog_of_healthy_hosts_is_claimed_once_each(int hosts)
    {
        var queue = $"{Queue}-{hosts}";
        await fixture.ProvisionAsync(queue);
        await using var healthy = await ScriptedReceiver.StartAsync(() => 200, hosts: hosts);
        var ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => fixture.SubmitAsync(healthy.Urls[number % hosts], queueName: queue)));

        await using var worker = await fixture.StartWorkerAsync(("Delivery__QueueName", queue));
        var records = await Task.WhenAll(ids.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));

        Assert.All(records, record => Assert.Equal((NotificationStatus.Success, VersionWithoutRelease), (record.Status, record.Version)));
    }
}
