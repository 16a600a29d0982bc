using System.Collections.Concurrent;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Waybill.Notifications.Queue;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>Takes messages from the queue and counts them by notification.</summary>
public sealed class QueueReader(IAmazonSQS sqs)
{
    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes what is there and says how many messages that notification has had so far.</summary>
    public async Task<int> CountAsync(string notificationId)
    {
        await TakeAllAsync();
        return _taken.GetValueOrDefault(notificationId);
    }

    /// <summary>Takes what is there and says how many messages each notification has had so far.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountsAsync()
    {
        await TakeAllAsync();
        return _taken;
    }

    private async Task TakeAllAsync()
    {
        var url = (await sqs.GetQueueUrlAsync(QueueDefinition.DefaultName)).QueueUrl;

        while (await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { MaxNumberOfMessages = 10, WaitTimeSeconds = 0 }) is { Messages.Count: > 0 } received)
        {
            foreach (var message in received.Messages)
            {
                _taken.AddOrUpdate(IdIn(message), 1, (_, count) => count + 1);
                await sqs.DeleteMessageAsync(url, message.ReceiptHandle);
            }
        }
    }

    private static string IdIn(Message message)
    {
        using var envelope = JsonDocument.Parse(message.Body);
        return envelope.RootElement.GetProperty("message").GetProperty("notificationId").GetString()!;
    }
}
