using Amazon.SQS;
using Amazon.SQS.Model;

namespace Waybill.StandIns.Messaging.Tests.Support;

/// <summary>A queue as seen from outside the transport.</summary>
public sealed record TestQueue(IAmazonSQS Client, string Name, string Url)
{
    public Uri Address => new($"queue:{Name}");

    public async Task<GetQueueAttributesResponse> Attributes()
        => await Client.GetQueueAttributesAsync(Url, [QueueAttributeName.All]);

    public async Task<bool> IsEmpty()
    {
        var counts = await Attributes();

        return counts is { ApproximateNumberOfMessages: 0, ApproximateNumberOfMessagesNotVisible: 0, ApproximateNumberOfMessagesDelayed: 0 };
    }

    public async Task<bool> HasVisible(int count) => (await Attributes()).ApproximateNumberOfMessages == count;

    public async Task<Message> ReceiveOne()
    {
        var request = new ReceiveMessageRequest(Url)
        {
            WaitTimeSeconds = 5,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = [MessageSystemAttributeName.All],
        };
        var answer = await Client.ReceiveMessageAsync(request);

        return Assert.Single(answer.Messages ?? []);
    }

    public Task SendText(string body) => Client.SendMessageAsync(Url, body);
}
