using Amazon.SQS;
using Amazon.SQS.Model;
using Waybill.StandIns.Messaging.Tests.Support;

namespace Waybill.StandIns.Messaging.Tests.Client;

public sealed class ClientTests(SqsEmulator sqs) : IClassFixture<SqsEmulator>
{
    [Fact]
    public async Task A_message_arrives_with_its_text_and_binary_attributes()
    {
        var queue = await sqs.CreateQueue();
        var request = new SendMessageRequest(queue.Url, "grüezi")
        {
            MessageAttributes = new()
            {
                ["text"] = new MessageAttributeValue { DataType = "String", StringValue = "ä" },
                ["bytes"] = new MessageAttributeValue { DataType = "Binary", BinaryValue = new MemoryStream([0, 1, 255]) },
            },
        };

        var sent = await sqs.Client.SendMessageAsync(request);
        var received = await queue.ReceiveOne();

        Assert.Equal(sent.MessageId, received.MessageId);
        Assert.Equal("grüezi", received.Body);
        Assert.Equal("ä", received.MessageAttributes["text"].StringValue);
        Assert.Equal([0, 1, 255], received.MessageAttributes["bytes"].BinaryValue.ToArray());
        Assert.Equal("1", received.Attributes[MessageSystemAttributeName.ApproximateReceiveCount]);
    }

    [Fact]
    public async Task A_damaged_body_fails_the_receive()
    {
        var queue = await sqs.CreateQueue();
        await queue.SendText("as sent");
        await using var proxy = await SqsProxy.Start(sqs.Endpoint);
        proxy.Interceptors["AmazonSQS.ReceiveMessage"] = async (request, forward) =>
        {
            var answer = await forward(request);
            answer["Messages"]![0]!["Body"] = "damaged";
            return answer;
        };
        using var client = ClientOf(proxy);

        var error = await Assert.ThrowsAsync<AmazonSQSException>(() => client.ReceiveMessageAsync(queue.Url));

        Assert.Contains("MD5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_queue_is_reported_by_its_own_exception()
    {
        var error = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => sqs.Client.GetQueueUrlAsync(SqsEmulator.NewQueueName()));

        Assert.Equal(400, (int)error.StatusCode);
    }

    [Fact]
    public async Task Nothing_to_receive_is_null_as_in_the_published_client()
    {
        var queue = await sqs.CreateQueue();

        var answer = await sqs.Client.ReceiveMessageAsync(queue.Url);

        Assert.Null(answer.Messages);
    }

    [Fact]
    public async Task Visibility_zero_makes_a_message_visible_at_once()
    {
        var queue = await sqs.CreateQueue((QueueAttributeName.VisibilityTimeout, "600"));
        await queue.SendText("again");
        var first = await queue.ReceiveOne();

        await sqs.Client.ChangeMessageVisibilityAsync(queue.Url, first.ReceiptHandle, 0);
        var second = await queue.ReceiveOne();

        Assert.Equal(first.MessageId, second.MessageId);
        Assert.Equal("2", second.Attributes[MessageSystemAttributeName.ApproximateReceiveCount]);
    }

    [Fact]
    public async Task Batches_send_change_and_delete_by_entry()
    {
        var queue = await sqs.CreateQueue();
        var sent = await sqs.Client.SendMessageBatchAsync(new SendMessageBatchRequest(queue.Url, [new("a", "1"), new("b", "2")]));
        var first = await queue.ReceiveOne();
        var second = await queue.ReceiveOne();

        var changed = await sqs.Client.ChangeMessageVisibilityBatchAsync(new ChangeMessageVisibilityBatchRequest(
            queue.Url, [new("c", first.ReceiptHandle) { VisibilityTimeout = 60 }]));
        var deleted = await sqs.Client.DeleteMessageBatchAsync(new DeleteMessageBatchRequest(
            queue.Url, [new("d", first.ReceiptHandle), new("e", second.ReceiptHandle)]));

        Assert.Equal(["a", "b"], sent.Successful.Select(entry => entry.Id));
        Assert.Equal(["c"], changed.Successful.Select(entry => entry.Id));
        Assert.Equal(["d", "e"], deleted.Successful.Select(entry => entry.Id));
        Assert.True(await queue.IsEmpty());
    }

    [Fact]
    public async Task Attributes_of_a_queue_can_be_changed()
    {
        var queue = await sqs.CreateQueue((QueueAttributeName.VisibilityTimeout, "7"));
        var before = await queue.Attributes();

        await sqs.Client.SetQueueAttributesAsync(queue.Url, new() { [QueueAttributeName.VisibilityTimeout] = "9" });
        var after = await queue.Attributes();

        Assert.Equal(7, before.VisibilityTimeout);
        Assert.Equal(9, after.VisibilityTimeout);
        Assert.EndsWith(queue.Name, after.QueueARN, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_message_does_not_come_back()
    {
        var queue = await sqs.CreateQueue((QueueAttributeName.VisibilityTimeout, "1"));
        await queue.SendText("once");
        var message = await queue.ReceiveOne();

        await sqs.Client.DeleteMessageAsync(queue.Url, message.ReceiptHandle);

        await Eventually.Holds(queue.IsEmpty);
    }

    private static AmazonSQSClient ClientOf(SqsProxy proxy)
        => new(
            new Amazon.Runtime.BasicAWSCredentials("local", "local"),
            new AmazonSQSConfig { ServiceURL = proxy.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
}
