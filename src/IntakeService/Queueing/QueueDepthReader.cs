using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Queue;

namespace Waybill.IntakeService.Queueing;

/// <summary>Asks SQS for the depth of the queue and of its dead-letter queue: two requests.</summary>
public sealed class QueueDepthReader(IAmazonSQS sqs, IOptions<QueueOptions> options, TimeProvider time)
{
    private static readonly List<string> Counts =
        [QueueAttributeName.ApproximateNumberOfMessages, QueueAttributeName.ApproximateNumberOfMessagesNotVisible];

    private string? _queueUrl;
    private string? _deadLetterUrl;

    public async Task<QueueDepth> ReadAsync(CancellationToken cancellationToken)
    {
        var name = options.Value.QueueName;
        _queueUrl ??= await UrlAsync(name, cancellationToken);
        _deadLetterUrl ??= await UrlAsync(QueueDefinition.DeadLetterName(name), cancellationToken);

        var queue = await sqs.GetQueueAttributesAsync(_queueUrl, Counts, cancellationToken);
        var deadLetters = await sqs.GetQueueAttributesAsync(_deadLetterUrl, Counts, cancellationToken);

        return new QueueDepth(
            queue.ApproximateNumberOfMessages,
            queue.ApproximateNumberOfMessagesNotVisible,
            deadLetters.ApproximateNumberOfMessages + deadLetters.ApproximateNumberOfMessagesNotVisible,
            time.GetUtcNow());
    }

    private async Task<string> UrlAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await sqs.GetQueueUrlAsync(new GetQueueUrlRequest(name), cancellationToken);
        return answer.QueueUrl;
    }
}

/// <summary>How many messages the queue holds, approximately, as SQS tells it.</summary>
/// <param name="Waiting">Ready to be received.</param>
/// <param name="InFlight">Received, and not yet deleted or visible again.</param>
/// <param name="DeadLetters">In the dead-letter queue. Their notifications are safe: the Dispatcher takes care of what is due.</param>
/// <param name="ReadAt">When these figures were read.</param>
public sealed record QueueDepth(int Waiting, int InFlight, int DeadLetters, DateTimeOffset ReadAt);
