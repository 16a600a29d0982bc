using System.Diagnostics;
using Waybill.DeliveryWorker.Fairness;
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

    /// <summary>A machine that is busy with other things may take longer than anybody is to wait for a host: what is given back then says nothing.</summary>
    private const int Tries = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_backlog_of_healthy_hosts_is_claimed_once_each(int hosts)
    {
        for (var number = 1; ; number++)
        {
            var (records, took) = await DeliverAsync(hosts, $"{Queue}-{hosts}-{number}");

            if (records.All(record => (record.Status, record.Version) == (NotificationStatus.Success, VersionWithoutRelease)))
            {
                return;
            }

            Assert.True(took > HostLine.LongestWait, $"{records.Count(record => !record.IsFinal)} of {records.Length} were given back within {took.TotalSeconds:0.0} s.");
            Assert.True(number < Tries, $"The machine is too busy to tell: in each of {Tries} tries they took longer than {HostLine.LongestWait.TotalSeconds} s.");
        }
    }

    /// <returns>Each once it was delivered or given back, and how long that took from the start of the worker on.</returns>
    private async Task<(NotificationRecord[] Records, TimeSpan Took)> DeliverAsync(int hosts, string queue)
    {
        await fixture.ProvisionAsync(queue);
        await using var healthy = await ScriptedReceiver.StartAsync(() => 200, hosts: hosts);
        var ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => fixture.SubmitAsync(healthy.Urls[number % hosts], queueName: queue)));

        var begun = Stopwatch.GetTimestamp();
        await using var worker = await fixture.StartWorkerAsync(("Delivery__QueueName", queue));
        var records = await Task.WhenAll(ids.Select(id => fixture.BecomesAsync(id, record => record.IsFinal || record.WaitingReason is not null)));

        return (records, Stopwatch.GetElapsedTime(begun));
    }
}
