using Amazon.SQS.Model;
using Waybill.LocalAws;

namespace Waybill.Local.Tests.Emulators;

/// <summary>The SQS client works out the MD5 sums of what it sends and receives, and fails a call whose answer has others.</summary>
public sealed class ChecksumTests
{
    [Fact]
    public async Task A_message_and_its_attributes_pass_with_the_sums_that_the_client_works_out()
    {
        await using var backends = await LocalBackends.StartAsync();
        var queueUrl = await backends.CreateQueueAsync();
        var request = new SendMessageRequest(queueUrl, "grüezi")
        {
            MessageAttributes = new()
            {
                ["text"] = new MessageAttributeValue { DataType = "String", StringValue = "ä" },
                ["bytes"] = new MessageAttributeValue { DataType = "Binary", BinaryValue = new MemoryStream([0, 1, 255]) },
            },
        };

        var sent = await backends.SqsClient.SendMessageAsync(request);
        var answer = await backends.SqsClient.ReceiveMessageAsync(new ReceiveMessageRequest(queueUrl) { MessageAttributeNames = ["All"] });

        // Where a sum is missing, the client compares nothing.
        var received = Assert.Single(answer.Messages);
        Assert.Equal(32, sent.MD5OfMessageBody.Length);
        Assert.Equal(32, sent.MD5OfMessageAttributes.Length);
        Assert.Equal((sent.MD5OfMessageBody, sent.MD5OfMessageAttributes), (received.MD5OfBody, received.MD5OfMessageAttributes));
        Assert.Equal("grüezi", received.Body);
        Assert.Equal("ä", received.MessageAttributes["text"].StringValue);
        Assert.Equal([0, 1, 255], received.MessageAttributes["bytes"].BinaryValue.ToArray());
    }
}
