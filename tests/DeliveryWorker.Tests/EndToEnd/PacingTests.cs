using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Events;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

/// <summary>Rules out that workers together call an endpoint more often than its rate says, or that its rate holds up what goes to the same host otherwise.</summary>
[Collection(WorkerCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class PacingTests(WorkerFixture fixture)
{
    private const string Queue = "pacing";
    private const int Rate = 20;

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly CreateEndpointRequest _endpoint = new()
    {
        Key = new EndpointKey("alice", $"t{Guid.NewGuid():N}", EndpointId.New(DateTimeOffset.UtcNow)),
        Url = "",
        Types = ["*"],
        Headers = new Dictionary<string, string>(),
        TimeoutSeconds = DeliveryTiming.DefaultTimeoutSeconds,
        MaxPerSecond = Rate,
        Fingerprint = "fingerprint",
    };

    [Fact]
    public async Task A_rate_holds_over_all_workers_and_for_nothing_else()
    {
        await fixture.ProvisionAsync(Queue);
        await using var intake = await fixture.StartIntakeAsync(Queue);
        await using var one = await fixture.StartWorkerAsync(("Delivery__QueueName", Queue));
        await using var other = await fixture.StartWorkerAsync(("Delivery__QueueName", Queue));
        await using var paced = await ScriptedReceiver.StartAsync(() => 200);

        await fixture.Status.Endpoints.CreateAsync(_endpoint with { Url = paced.Url }, None);
        var notifications = await Task.WhenAll(Enumerable.Range(0, Rate * 8).Select(_ => PublishAsync()));
        await Eventually.BecomesAsync(() => Task.FromResult(paced.Calls.Count), calls => calls > Rate);

        var direct = await Task.WhenAll(Enumerable.Range(0, 2 * Rate).Select(_ => fixture.SubmitAsync(fixture.Receiver.Url("/hook/unpaced"), queueName: Queue)));
        var delivered = await Task.WhenAll(direct.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));
        Assert.True(paced.Calls.Count < notifications.Length);

        var records = await Task.WhenAll(notifications.Select(notification => fixture.BecomesAsync(notification.Id, record => record.IsFinal)));
        Assert.All([.. records, .. delivered], record => Assert.Equal((NotificationStatus.Success, 0), (record.Status, record.Attempts)));

        var times = paced.Calls.Select(call => call.Seconds).ToArray();
        Assert.Equal(notifications.Length, times.Length);
        Assert.InRange(times.Max(first => times.Count(time => time >= first && time < first + 1)), 1, Rate * 110 / 100);
    }

    private async Task<NotificationRecord> PublishAsync()
    {
        var happened = new AcceptEventRequest
        {
            Id = EventIds.New(DateTimeOffset.UtcNow),
            Owner = _endpoint.Key.Owner,
            Tenant = _endpoint.Key.Tenant,
            Type = "order.paid",
            ContentType = "application/json",
            Body = "{}"u8.ToArray(),
            Fingerprint = "fingerprint of an event",
        };

        var notification = (await fixture.Status.Client.AcceptAsync(happened, None)).Answer!.Notifications.Single();
        await fixture.SendAsync(notification, Queue);
        return notification;
    }
}
