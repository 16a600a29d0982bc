using Amazon.SQS;
using Waybill.StandIns.Messaging.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StandIns.Messaging.Tests.Transport;

public sealed class StoppingTests(SqsEmulator sqs) : IClassFixture<SqsEmulator>
{
    [Fact]
    public async Task Messages_in_hand_are_finished_and_no_other_is_lost()
    {
        const int total = 12;
        var queue = await sqs.CreateQueue((QueueAttributeName.VisibilityTimeout, "3"));
        var first = new Deliveries();
        await using var sender = await TestBus.StartSender(sqs.Endpoint);
        await Task.WhenAll(Enumerable.Range(0, total).Select(number => sender.Send(queue.Address, new Parcel(number))));
        await using var worker = await TestBus.StartWorker(sqs.Endpoint, queue.Name, first.Handle, endpoint =>
        {
            endpoint.PrefetchCount = 10;
            endpoint.ConcurrentMessageLimit = 2;
        });
        await Eventually.HoldsAsync(() => first.Started.Count == 2);

        var stop = worker.Stop();
        first.LetGo();
        await Eventually.ComesAsync(stop);

        Assert.Equal(first.Started.Order(), first.Finished.Order());
        Assert.True(first.Finished.Count < total);

        var second = Deliveries.Unhindered();
        await using var successor = await TestBus.StartWorker(sqs.Endpoint, queue.Name, second.Handle);
        await Eventually.HoldsAsync(queue.IsEmpty);
        Assert.Equal(Enumerable.Range(0, total), first.Finished.Concat(second.Finished).Distinct().Order());
    }

    [Fact]
    public async Task A_message_received_in_the_moment_of_stopping_comes_back_after_its_visibility_timeout()
    {
        var queue = await sqs.CreateQueue((QueueAttributeName.VisibilityTimeout, "2"));
        await queue.SendText("{}");
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);
        var received = new TaskCompletionSource();
        var deliver = new TaskCompletionSource();
        proxy.Interceptors["AmazonSQS.ReceiveMessage"] = async (request, forward) =>
        {
            var answer = await forward(request);
            received.TrySetResult();
            await deliver.Task;
            return answer;
        };
        await using var worker = await TestBus.StartWorker(proxy.Endpoint, queue.Name, _ => Task.CompletedTask);

        await Eventually.ComesAsync(received.Task);
        var stop = worker.Stop();
        deliver.SetResult();
        await Eventually.ComesAsync(stop);

        Assert.Equal(1, (await queue.Attributes()).ApproximateNumberOfMessagesNotVisible);
        var again = await queue.ReceiveOne();
        Assert.Equal("2", again.Attributes[MessageSystemAttributeName.ApproximateReceiveCount]);
    }

    [Fact]
    public async Task An_idle_worker_stops_without_waiting_for_its_long_poll()
    {
        var queue = await sqs.CreateQueue();
        await using var worker = await TestBus.StartWorker(
            sqs.Endpoint, queue.Name, _ => Task.CompletedTask, endpoint => endpoint.WaitTimeSeconds = 20);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        await worker.Stop();

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }
}
