using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Waybill.StandIns.Messaging.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StandIns.Messaging.Tests.Transport;

public sealed class VisibilityTests(SqsEmulator sqs) : IClassFixture<SqsEmulator>
{
    private const string ChangeVisibility = "AmazonSQS.ChangeMessageVisibility";

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_slow_consumer_keeps_its_message_by_renewals_after_seven_tenths_of_the_timeout()
    {
        const int Timeout = 10;

        var queue = await sqs.CreateQueue((QueueAttributeName.VisibilityTimeout, Timeout.ToString(CultureInfo.InvariantCulture)));
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);

        // Both times are taken where the messages pass, so that a busy machine moves them by as little as can be.
        var received = new TaskCompletionSource<long>();
        var firstRenewal = new TaskCompletionSource<(int Seconds, long At)>();
        proxy.Interceptors["AmazonSQS.ReceiveMessage"] = async (request, forward) =>
        {
            var answer = await forward(request);

            if (ReceiveCountOf(answer) > 0)
            {
                received.TrySetResult(Stopwatch.GetTimestamp());
            }

            return answer;
        };
        proxy.Interceptors[ChangeVisibility] = (request, forward) =>
        {
            firstRenewal.TrySetResult(((int)request["VisibilityTimeout"]!, Stopwatch.GetTimestamp()));
            return forward(request);
        };
        var deliveries = new Deliveries();
        await using var worker = await TestBus.StartWorker(proxy.Endpoint, queue.Name, deliveries.Handle);
        await using var sender = await TestBus.StartSender(sqs.Endpoint);

        await sender.Send(queue.Address, new Parcel(1));

        var renewal = await Eventually.ComesAsync(firstRenewal.Task);
        Assert.Equal(Timeout, renewal.Seconds);
        Assert.InRange(Stopwatch.GetElapsedTime(await received.Task, renewal.At).TotalSeconds, 0.69 * Timeout, Timeout);
        await Eventually.HoldsAsync(() => proxy.Count(ChangeVisibility) == 2);
        deliveries.LetGo();
        await Eventually.HoldsAsync(queue.IsEmpty);
        Assert.Single(deliveries.Started);
    }

    [Fact]
    public async Task After_a_renewal_that_failed_a_second_delivery_is_not_handled_beside_the_first()
    {
        var queue = await sqs.CreateQueue((QueueAttributeName.VisibilityTimeout, "1"));
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);
        var receivedAgain = new TaskCompletionSource();
        proxy.Interceptors[ChangeVisibility] = (_, _) => throw new InvalidOperationException("no renewal today");
        proxy.Interceptors["AmazonSQS.ReceiveMessage"] = async (request, forward) =>
        {
            var answer = await forward(request);

            if (ReceiveCountOf(answer) > 1)
            {
                receivedAgain.TrySetResult();
            }

            return answer;
        };
        var deliveries = new Deliveries();
        await using var worker = await TestBus.StartWorker(proxy.Endpoint, queue.Name, deliveries.Handle);
        await using var sender = await TestBus.StartSender(sqs.Endpoint);

        await sender.Send(queue.Address, new Parcel(1));
        await Eventually.ComesAsync(receivedAgain.Task);

        Assert.Single(deliveries.Started);
        deliveries.LetGo();
    }

    private static int ReceiveCountOf(JsonNode answer)
        => answer["Messages"]?[0]?["Attributes"]?["ApproximateReceiveCount"] is { } count
            ? int.Parse((string)count!, CultureInfo.InvariantCulture)
            : 0;
}
