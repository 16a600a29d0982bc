using MassTransit;
using Waybill.StandIns.Messaging.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StandIns.Messaging.Tests.Transport;

public sealed class FailingTests(SqsEmulator sqs) : IClassFixture<SqsEmulator>
{
    [Fact]
    public async Task A_poison_message_ends_in_the_dead_letter_queue_of_SQS_after_its_receives()
    {
        var deadLetters = await sqs.CreateQueue();
        var queue = await sqs.CreateQueueWith(deadLetters, maxReceiveCount: 3);
        var attempts = 0;
        await using var worker = await TestBus.StartWorker(sqs.Endpoint, queue.Name, _ => Fail(ref attempts), LeaveFailuresToSqs);
        await using var sender = await TestBus.StartSender(sqs.Endpoint);

        await sender.Send(queue.Address, new Parcel(1));

        await Eventually.HoldsAsync(() => deadLetters.HasVisible(1));
        Assert.Equal(3, attempts);
        Assert.True(await queue.IsEmpty());
    }

    [Fact]
    public async Task A_failed_message_comes_again_after_the_redelivery_timeout_and_says_so()
    {
        var queue = await sqs.CreateQueue();
        var redelivered = new TaskCompletionSource<bool>();
        await using var worker = await TestBus.StartWorker(
            sqs.Endpoint,
            queue.Name,
            context =>
            {
                if (!context.ReceiveContext.Redelivered)
                {
                    throw new InvalidOperationException("not yet");
                }

                redelivered.TrySetResult(true);
                return Task.CompletedTask;
            },
            LeaveFailuresToSqs);
        await using var sender = await TestBus.StartSender(sqs.Endpoint);

        await sender.Send(queue.Address, new Parcel(1));

        Assert.True(await Eventually.ComesAsync(redelivered.Task));
        await Eventually.HoldsAsync(queue.IsEmpty);
    }

    [Fact]
    public async Task A_type_without_a_consumer_ends_in_the_dead_letter_queue_where_skipping_throws()
    {
        var deadLetters = await sqs.CreateQueue();
        var queue = await sqs.CreateQueueWith(deadLetters, maxReceiveCount: 1);
        await using var worker = await TestBus.StartWorker(sqs.Endpoint, queue.Name, Ignore, LeaveFailuresToSqs);
        await using var sender = await TestBus.StartSender(sqs.Endpoint);

        await sender.Send(queue.Address, new Stranger("?"));

        await Eventually.HoldsAsync(() => deadLetters.HasVisible(1));
    }

    [Fact]
    public async Task A_type_without_a_consumer_moves_to_the_skipped_queue_otherwise()
    {
        var queue = await sqs.CreateQueue();
        await using var worker = await TestBus.StartWorker(sqs.Endpoint, queue.Name, Ignore);
        await using var sender = await TestBus.StartSender(sqs.Endpoint);

        await sender.Send(queue.Address, new Stranger("?"), context => context.Headers.Set("owner", "own_1"));

        await Eventually.HoldsAsync(queue.IsEmpty);
        var skipped = await (await sqs.Existing(queue.Name + "_skipped")).ReceiveOne();
        Assert.Contains("Stranger", skipped.Body, StringComparison.Ordinal);
        Assert.Equal("dead-letter", skipped.MessageAttributes["MT-Reason"].StringValue);
        Assert.Equal("own_1", skipped.MessageAttributes["owner"].StringValue);
    }

    [Fact]
    public async Task A_failed_message_moves_to_the_error_queue_unless_failures_are_rethrown()
    {
        var queue = await sqs.CreateQueue();
        var attempts = 0;
        await using var worker = await TestBus.StartWorker(sqs.Endpoint, queue.Name, _ => Fail(ref attempts));
        await using var sender = await TestBus.StartSender(sqs.Endpoint);

        await sender.Send(queue.Address, new Parcel(1));

        await Eventually.HoldsAsync(queue.IsEmpty);
        var error = await (await sqs.Existing(queue.Name + "_error")).ReceiveOne();
        Assert.Equal("cannot deliver", error.MessageAttributes["MT-Fault-Message"].StringValue);
        Assert.Equal(1, attempts);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"half\":")]
    [InlineData("{}")]
    public async Task Garbage_ends_in_the_dead_letter_queue_and_hinders_nothing(string body)
    {
        var deadLetters = await sqs.CreateQueue();
        var queue = await sqs.CreateQueueWith(deadLetters, maxReceiveCount: 1);
        var deliveries = Deliveries.Unhindered();
        await using var worker = await TestBus.StartWorker(sqs.Endpoint, queue.Name, deliveries.Handle, LeaveFailuresToSqs);
        await using var sender = await TestBus.StartSender(sqs.Endpoint);

        await queue.SendText(body);
        await sender.Send(queue.Address, new Parcel(1));

        await Eventually.HoldsAsync(() => deadLetters.HasVisible(1));
        await Eventually.HoldsAsync(() => deliveries.Finished.Count == 1);
    }

    private static Task Fail(ref int attempts)
    {
        Interlocked.Increment(ref attempts);
        throw new InvalidOperationException("cannot deliver");
    }

    private static Task Ignore(ConsumeContext<Parcel> context) => Task.CompletedTask;

    private static void LeaveFailuresToSqs(IAmazonSqsReceiveEndpointConfigurator endpoint)
    {
        endpoint.RedeliverVisibilityTimeout = 0;
        endpoint.RethrowFaultedMessages();
        endpoint.ThrowOnSkippedMessages();
    }
}
