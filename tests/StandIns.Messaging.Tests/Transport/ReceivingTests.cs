using System.Diagnostics;
using MassTransit;
using Waybill.StandIns.Messaging.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StandIns.Messaging.Tests.Transport;

public sealed class ReceivingTests(SqsEmulator sqs) : IClassFixture<SqsEmulator>
{
    [Fact]
    public async Task What_was_sent_is_consumed_with_its_headers_and_deleted()
    {
        var queue = await sqs.CreateQueue();
        var consumed = new TaskCompletionSource<ConsumeContext<Parcel>>();
        await using var worker = await TestBus.StartWorker(sqs.Endpoint, queue.Name, context =>
        {
            consumed.TrySetResult(context);
            return Task.CompletedTask;
        });
        await using var sender = await TestBus.StartSender(sqs.Endpoint);

        await sender.Send(queue.Address, new Parcel(42), context => context.Headers.Set("owner", "own_1"));

        var context = await Eventually.ComesAsync(consumed.Task);
        Assert.Equal(42, context.Message.Number);
        Assert.Equal("own_1", context.Headers.Get<string>("owner"));
        Assert.False(context.ReceiveContext.Redelivered);
        Assert.True(context.TryGetPayload<AmazonSqsMessageContext>(out var message));
        Assert.Equal("1", message.TransportMessage.Attributes["ApproximateReceiveCount"]);
        await Eventually.HoldsAsync(queue.IsEmpty);
    }

    [Fact]
    public async Task The_queue_of_an_endpoint_is_created_with_its_attributes()
    {
        var name = SqsEmulator.NewQueueName();

        await using var worker = await TestBus.StartWorker(
            sqs.Endpoint, name, _ => Task.CompletedTask, endpoint => endpoint.QueueAttributes["VisibilityTimeout"] = 77);

        var queue = await sqs.Existing(name);
        Assert.Equal(77, (await queue.Attributes()).VisibilityTimeout);
    }

    [Fact]
    public async Task The_trace_goes_on_across_the_queue()
    {
        using var listener = TraceListener();
        using var source = new ActivitySource(nameof(ReceivingTests));
        var queue = await sqs.CreateQueue();
        var consumed = new TaskCompletionSource<Activity?>();
        await using var worker = await TestBus.StartWorker(sqs.Endpoint, queue.Name, _ =>
        {
            consumed.TrySetResult(Activity.Current);
            return Task.CompletedTask;
        });
        await using var sender = await TestBus.StartSender(sqs.Endpoint);

        using var request = source.StartActivity("request");
        await sender.Send(queue.Address, new Parcel(1));

        var activity = await Eventually.ComesAsync(consumed.Task);
        Assert.NotNull(activity);
        Assert.NotNull(request);
        Assert.Equal(request.TraceId, activity.TraceId);
        Assert.Equal("MassTransit", activity.Source.Name);
    }

    [Fact]
    public async Task No_more_messages_are_taken_from_the_queue_than_may_be_worked_on_at_once()
    {
        var queue = await sqs.CreateQueue();
        var deliveries = new Deliveries();
        await using var sender = await TestBus.StartSender(sqs.Endpoint);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => sender.Send(queue.Address, new Parcel(number))));

        await using var worker = await TestBus.StartWorker(sqs.Endpoint, queue.Name, deliveries.Handle, endpoint =>
        {
            endpoint.PrefetchCount = 20;
            endpoint.ConcurrentMessageLimit = 3;
        });

        await Eventually.HoldsAsync(() => deliveries.Started.Count == 3);
        Assert.True(await queue.HasVisible(9));
        deliveries.LetGo();
        await Eventually.HoldsAsync(() => deliveries.Finished.Count == 12);
        await Eventually.HoldsAsync(queue.IsEmpty);
    }

    [Fact]
    public async Task Concurrent_deletes_share_calls()
    {
        var queue = await sqs.CreateQueue();
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);
        var deliveries = new Deliveries();
        await using var sender = await TestBus.StartSender(sqs.Endpoint);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => sender.Send(queue.Address, new Parcel(number))));
        await using var worker = await TestBus.StartWorker(proxy.Endpoint, queue.Name, deliveries.Handle);

        await Eventually.HoldsAsync(() => deliveries.Started.Count == 10);
        deliveries.LetGo();

        await Eventually.HoldsAsync(queue.IsEmpty);
        Assert.InRange(proxy.Count("AmazonSQS.DeleteMessageBatch"), 1, 9);
        Assert.Equal(0, proxy.Count("AmazonSQS.DeleteMessage"));
    }

    [Fact]
    public async Task Nothing_but_SQS_is_ever_called()
    {
        var deadLetters = await sqs.CreateQueue();
        var queue = await sqs.CreateQueueWith(deadLetters, maxReceiveCount: 1);
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);
        await using var worker = await TestBus.StartWorker(proxy.Endpoint, queue.Name, Fail, LeaveFailuresToSqs);
        await using var sender = await TestBus.StartSender(proxy.Endpoint);

        await sender.Send(queue.Address, new Parcel(1));

        await Eventually.HoldsAsync(() => deadLetters.HasVisible(1));
        Assert.All(proxy.Calls, call => Assert.StartsWith("AmazonSQS.", call, StringComparison.Ordinal));
    }

    private static Task Fail(ConsumeContext<Parcel> context) => throw new InvalidOperationException("cannot deliver");

    private static void LeaveFailuresToSqs(IAmazonSqsReceiveEndpointConfigurator endpoint)
    {
        endpoint.RedeliverVisibilityTimeout = 0;
        endpoint.RethrowFaultedMessages();
        endpoint.ThrowOnSkippedMessages();
    }

    private static ActivityListener TraceListener()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "MassTransit" or nameof(ReceivingTests),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);

        return listener;
    }
}
