using System.Collections.Concurrent;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Waybill.Notifications.Queue;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>Takes messages from the queue and counts them by notification.</summary>
public sealed class QueueReader(IAmazonSQS sqs)
{
    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonElement> _newest = new(StringComparer.Ordinal);

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

    /// <summary>The newest message of a notification that was sent.</summary>
    public async Task<JsonElement> MessageAsync(string notificationId)
    {
        await Eventually.HoldsAsync(async () => await CountAsync(notificationId) > 0);
        return _newest[notificationId];
    }

    private async Task TakeAllAsync()
    {
        var url = (await sqs.GetQueueUrlAsync(QueueDefinition.DefaultName)).QueueUrl;

        while (await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { MaxNumberOfMessages = 10, WaitTimeSeconds = 0 }) is { Messages.Count: > 0 } received)
        {
            foreach (var message in received.Messages)
            {
                var content = Content(message);
                var id = content.GetProperty("notificationId").GetString()!;
                _newest[id] = content;
                _taken.AddOrUpdate(id, 1, (_, count) => count + 1);
                await sqs.DeleteMessageAsync(url, message.ReceiptHandle);
            }
        }
    }

    private static JsonElement Content(Message message) => JsonSerializer.Deserialize<JsonElement>(message.Body).GetProperty("message");
}
