using System.Diagnostics;
using System.Text.Json.Nodes;
using Amazon.SQS;
using MassTransit;
using Waybill.StandIns.Messaging.Tests.Support;

namespace Waybill.StandIns.Messaging.Tests.Transport;

public sealed class SendingTests(SqsEmulator sqs) : IClassFixture<SqsEmulator>
{
    private const string SendBatch = "AmazonSQS.SendMessageBatch";

    [Fact]
    public async Task A_missing_queue_is_created_bare_by_the_first_send()
    {
        var name = SqsEmulator.NewQueueName();
        await using var bus = await TestBus.StartSender(sqs.Endpoint);

        await bus.Send(new Uri($"queue:{name}"), new Parcel(1));

        var queue = await sqs.Existing(name);
        var attributes = await queue.Attributes();
        Assert.Equal(30, attributes.VisibilityTimeout);
        Assert.DoesNotContain(QueueAttributeName.RedrivePolicy.Value, attributes.Attributes.Keys);
        Assert.Equal(1, attributes.ApproximateNumberOfMessages);
    }

    [Fact]
    public async Task The_group_id_is_passed_through()
    {
        var queue = await sqs.CreateQueue();
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);
        var groups = new List<string?>();
        proxy.Interceptors[SendBatch] = (request, forward) =>
        {
            groups.AddRange(request["Entries"]!.AsArray().Select(entry => (string?)entry!["MessageGroupId"]));
            return forward(request);
        };
        await using var bus = await TestBus.StartSender(proxy.Endpoint);

        await bus.Send(queue.Address, new Parcel(1), context => context.SetGroupId("receiver.example"));
        await bus.Send(queue.Address, new Parcel(2));

        Assert.Equal(["receiver.example", null], groups);
    }

    [Fact]
    public async Task Headers_become_text_attributes()
    {
        var queue = await sqs.CreateQueue();
        await using var bus = await TestBus.StartSender(sqs.Endpoint);

        await bus.Send(queue.Address, new Parcel(1), context => context.Headers.Set("owner", "own_1"));

        var message = await queue.ReceiveOne();
        Assert.Equal("own_1", message.MessageAttributes["owner"].StringValue);
        Assert.Equal("application/vnd.masstransit+json", message.MessageAttributes["Content-Type"].StringValue);
    }

    [Fact]
    public async Task Headers_that_the_host_does_not_allow_stay_out_of_the_attributes()
    {
        var queue = await sqs.CreateQueue();
        await using var bus = await TestBus.Start(bus =>
        {
            TestBus.UseEmulator(bus, sqs.Endpoint, host => host.AllowTransportHeader(header => header.Key != "owner"));
        });

        await bus.Send(queue.Address, new Parcel(1), context => context.Headers.Set("owner", "own_1"));

        var message = await queue.ReceiveOne();
        Assert.DoesNotContain("owner", message.MessageAttributes.Keys);
        Assert.Contains("own_1", message.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delay_is_cut_to_fifteen_minutes_and_to_whole_seconds()
    {
        var queue = await sqs.CreateQueue();
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);
        var delays = new List<int>();
        proxy.Interceptors[SendBatch] = (request, forward) =>
        {
            delays.AddRange(request["Entries"]!.AsArray().Select(entry => (int)entry!["DelaySeconds"]!));
            return forward(request);
        };
        await using var bus = await TestBus.StartSender(proxy.Endpoint);

        await bus.Send(queue.Address, new Parcel(1), context => context.SetDelay(TimeSpan.FromSeconds(2.9)));
        await bus.Send(queue.Address, new Parcel(2), context => context.SetDelay(TimeSpan.FromHours(1)));

        Assert.Equal([2, 900], delays);
        Assert.Equal(2, (await queue.Attributes()).ApproximateNumberOfMessagesDelayed);
    }

    [Fact]
    public async Task Concurrent_sends_share_calls()
    {
        var queue = await sqs.CreateQueue();
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);
        await using var bus = await TestBus.StartSender(proxy.Endpoint);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => bus.Send(queue.Address, new Parcel(number))));

        Assert.InRange(proxy.Count(SendBatch), 10, 50);
        Assert.True(await queue.HasVisible(100));
    }

    [Fact]
    public async Task An_entry_that_SQS_refuses_is_sent_again_and_the_others_are_not()
    {
        var queue = await sqs.CreateQueue();
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);
        proxy.Interceptors[SendBatch] = RefuseOnce(number: 2);
        await using var bus = await TestBus.StartSender(proxy.Endpoint);

        await Task.WhenAll(Enumerable.Range(1, 3).Select(number => bus.Send(queue.Address, new Parcel(number))));

        Assert.True(await queue.HasVisible(3));
    }

    [Fact]
    public async Task A_sender_waits_for_a_refused_entry_only_as_long_as_its_token_allows()
    {
        var queue = await sqs.CreateQueue();
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);
        proxy.Interceptors[SendBatch] = (request, _) => Task.FromResult(Answer([], request["Entries"]!.AsArray()));
        await using var bus = await TestBus.StartSender(proxy.Endpoint);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => bus.Send(queue.Address, new Parcel(1), cancellationToken: patience.Token));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 3);
        Assert.True(await queue.IsEmpty());
    }

    [Fact]
    public async Task A_queue_that_vanishes_is_not_created_again()
    {
        var queue = await sqs.CreateQueue();
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);
        await using var bus = await TestBus.StartSender(proxy.Endpoint);
        await bus.Send(queue.Address, new Parcel(1));
        proxy.Interceptors[SendBatch] = (request, forward) =>
        {
            request["QueueUrl"] = request["QueueUrl"] + "-gone";
            return forward(request);
        };

        await Assert.ThrowsAnyAsync<AmazonSQSException>(() => bus.Send(queue.Address, new Parcel(2)));
        await Assert.ThrowsAnyAsync<AmazonSQSException>(() => bus.Send(queue.Address, new Parcel(3)));

        Assert.Equal(1, proxy.Count("AmazonSQS.GetQueueUrl"));
        Assert.Equal(0, proxy.Count("AmazonSQS.CreateQueue"));
    }

    private static SqsProxy.Interceptor RefuseOnce(int number)
    {
        var refused = false;

        return async (request, forward) =>
        {
            var entries = request["Entries"]!.AsArray();
            var victim = refused ? null : entries.FirstOrDefault(entry => IsParcel(entry!, number));

            if (victim is null)
            {
                return await forward(request);
            }

            refused = true;
            entries.Remove(victim);
            var successful = entries.Count == 0 ? [] : (await forward(request))["Successful"]!.DeepClone().AsArray();
            return Answer(successful, [victim]);
        };
    }

    private static bool IsParcel(JsonNode entry, int number)
        => (int)JsonNode.Parse((string)entry["MessageBody"]!)!["message"]!["number"]! == number;

    private static JsonNode Answer(JsonArray successful, IEnumerable<JsonNode?> refused) => new JsonObject
    {
        ["Successful"] = successful,
        ["Failed"] = new JsonArray([.. refused.Select(Refusal)]),
    };

    private static JsonObject Refusal(JsonNode? entry) => new()
    {
        ["Id"] = (string)entry!["Id"]!,
        ["Code"] = "InternalError",
        ["Message"] = "try again",
        ["SenderFault"] = false,
    };
}
