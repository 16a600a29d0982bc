using Amazon.SQS;
using Amazon.SQS.Model;
using MassTransit;
using Waybill.LocalAws;
using Waybill.StandIns.Messaging.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StandIns.Messaging.Tests.Transport;

/// <summary>SQS goes away under a running bus and comes back with the messages it had.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class OutageTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("waybill-sqs-");
    private LocalBackends? _backends;

    private LocalBackends Backends => _backends ?? throw new InvalidOperationException("The emulator was not started");

    public async Task InitializeAsync()
        => _backends = await LocalBackends.StartAsync(new LocalBackendsOptions { DataFolder = _data.FullName });

    public async Task DisposeAsync()
    {
        await Backends.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Worker_and_sender_go_on_when_SQS_is_back()
    {
        var queue = await CreateQueue();
        var deliveries = Deliveries.Unhindered();
        await using var worker = await TestBus.StartWorker(Backends.Sqs.Endpoint, queue.Name, deliveries.Handle);
        await using var sender = await TestBus.StartSender(Backends.Sqs.Endpoint);
        await sender.Send(queue.Address, new Parcel(1));
        await Eventually.HoldsAsync(() => deliveries.Finished.Count == 1);

        await Backends.Sqs.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => sender.Send(queue.Address, new Parcel(2)));
        await Backends.Sqs.StartAsync();
        await sender.Send(queue.Address, new Parcel(3));

        await Eventually.HoldsAsync(() => deliveries.Finished.Contains(3));
        Assert.DoesNotContain(2, deliveries.Finished);
    }

    [Fact]
    public async Task A_message_in_hand_during_the_outage_is_handled_and_leaves_nothing_behind()
    {
        var queue = await CreateQueue();
        var deliveries = new Deliveries();
        await using var worker = await TestBus.StartWorker(Backends.Sqs.Endpoint, queue.Name, deliveries.Handle);
        await using var sender = await TestBus.StartSender(Backends.Sqs.Endpoint);
        await sender.Send(queue.Address, new Parcel(1));
        await Eventually.HoldsAsync(() => deliveries.Started.Count == 1);

        await Backends.Sqs.KillAsync();
        deliveries.LetGo();
        await Eventually.HoldsAsync(() => deliveries.Finished.Count == 1);
        await Backends.Sqs.StartAsync();

        await Eventually.HoldsAsync(queue.IsEmpty);
    }

    [Fact]
    public async Task A_worker_that_starts_before_SQS_waits_for_it()
    {
        var queue = await CreateQueue();
        await Backends.Sqs.StopAsync();
        var deliveries = Deliveries.Unhindered();

        var starting = TestBus.StartWorker(Backends.Sqs.Endpoint, queue.Name, deliveries.Handle);
        await Backends.Sqs.StartAsync();
        await using var worker = await Eventually.ComesAsync(starting);

        await worker.Send(queue.Address, new Parcel(1));
        await Eventually.HoldsAsync(() => deliveries.Finished.Count == 1);
    }

    private async Task<TestQueue> CreateQueue()
    {
        var request = new CreateQueueRequest(SqsEmulator.NewQueueName())
        {
            Attributes = new() { [QueueAttributeName.VisibilityTimeout] = "3" },
        };
        var created = await Backends.SqsClient.CreateQueueAsync(request);

        return new TestQueue(Backends.SqsClient, request.QueueName, created.QueueUrl);
    }
}
