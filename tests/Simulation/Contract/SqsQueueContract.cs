using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Waybill.Simulation.Contract;

/// <summary>The contract by way of SQS's own protocol.</summary>
public abstract class SqsQueueContract : QueueContract
{
    protected abstract IAmazonSQS Sqs { get; }

    protected override async Task<IContractQueue> CreateQueueAsync()
    {
        var name = "contract-" + Guid.NewGuid().ToString("N");
        var deadLetters = (await Sqs.CreateQueueAsync(new CreateQueueRequest(name + "-dead-letter"))).QueueUrl;
        var arn = (await Sqs.GetQueueAttributesAsync(deadLetters, [QueueAttributeName.QueueArn])).QueueARN;

        var request = new CreateQueueRequest(name)
        {
            Attributes = new Dictionary<string, string>
            {
                ["VisibilityTimeout"] = VisibilitySeconds.ToString(CultureInfo.InvariantCulture),
                ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":{{MaxReceiveCount}}}""",
            },
        };

        return new SqsContractQueue(Sqs, (await Sqs.CreateQueueAsync(request)).QueueUrl, deadLetters);
    }

    private sealed class SqsContractQueue(IAmazonSQS sqs, string url, string deadLetters) : IContractQueue
    {
        public Task SendAsync(string body) => sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageBody = body });

        public async Task<ReceivedMessage?> ReceiveAsync()
        {
            var answer = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest
            {
                QueueUrl = url,
                MaxNumberOfMessages = 1,
                MessageSystemAttributeNames = ["ApproximateReceiveCount"],
            });

            return answer.Messages is [var message]
                ? new ReceivedMessage(message.Body, int.Parse(message.Attributes["ApproximateReceiveCount"], CultureInfo.InvariantCulture), message.ReceiptHandle)
                : null;
        }

        public Task DeleteAsync(ReceivedMessage message) => sqs.DeleteMessageAsync(new DeleteMessageRequest { QueueUrl = url, ReceiptHandle = (string)message.Handle });

        public Task ChangeVisibilityAsync(ReceivedMessage message, int seconds) =>
            sqs.ChangeMessageVisibilityAsync(new ChangeMessageVisibilityRequest { QueueUrl = url, ReceiptHandle = (string)message.Handle, VisibilityTimeout = seconds });

        public async Task<int> CountDeadLettersAsync()
        {
            var answer = await sqs.GetQueueAttributesAsync(deadLetters, ["ApproximateNumberOfMessages"]);
            return int.Parse(answer.Attributes["ApproximateNumberOfMessages"], CultureInfo.InvariantCulture);
        }

        /// <summary>SQS has no clock to wind on: only time helps.</summary>
        public Task OutlastVisibilityAsync() => Task.Delay(TimeSpan.FromSeconds(VisibilitySeconds + 0.2));
    }
}
