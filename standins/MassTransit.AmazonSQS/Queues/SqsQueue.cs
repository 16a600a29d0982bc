using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace MassTransit.AmazonSqsTransport.Queues;

/// <summary>A queue's calls; sends and deletes go in batches.</summary>
internal sealed class SqsQueue : IAsyncDisposable
{
    private const int DefaultVisibilityTimeout = 30;

    private readonly IAmazonSQS _client;
    private readonly string _url;
    private readonly Batcher<SendMessageBatchRequestEntry> _sends;
    private readonly Batcher<DeleteMessageBatchRequestEntry> _deletes;

    private SqsQueue(IAmazonSQS client, string url, int visibilityTimeout)
    {
        _client = client;
        _url = url;
        VisibilityTimeout = visibilityTimeout;
        _sends = new Batcher<SendMessageBatchRequestEntry>(SizeOf, SendBatch);
        _deletes = new Batcher<DeleteMessageBatchRequestEntry>(_ => 0, DeleteBatch);
    }

    /// <summary>Seconds, as they were when the queue was looked up.</summary>
    public int VisibilityTimeout { get; }

    public static async Task<SqsQueue> Open(
        IAmazonSQS client, string name, IReadOnlyDictionary<string, object> attributes, IReadOnlyDictionary<string, string> tags)
    {
        var url = await GetOrCreate(client, name, attributes, tags).ConfigureAwait(false);
        var answer = await client.GetQueueAttributesAsync(url, [QueueAttributeName.All]).ConfigureAwait(false);
        var timeout = answer.Attributes?.GetValueOrDefault(QueueAttributeName.VisibilityTimeout);

        return new SqsQueue(client, url, int.TryParse(timeout, out var seconds) ? seconds : DefaultVisibilityTimeout);
    }

    public Task Send(SendMessageBatchRequestEntry entry, CancellationToken cancellationToken) => _sends.Execute(entry, cancellationToken);

    public Task Delete(string receiptHandle, CancellationToken cancellationToken)
        => _deletes.Execute(new DeleteMessageBatchRequestEntry("", receiptHandle), cancellationToken);

    public Task ChangeVisibility(string receiptHandle, int seconds, CancellationToken cancellationToken)
        => _client.ChangeMessageVisibilityAsync(_url, receiptHandle, seconds, cancellationToken);

    public async Task<IEnumerable<Message>> Receive(int limit, int waitTimeSeconds, CancellationToken cancellationToken)
    {
        var request = new ReceiveMessageRequest(_url)
        {
            MaxNumberOfMessages = limit,
            WaitTimeSeconds = waitTimeSeconds,
            MessageSystemAttributeNames = [MessageSystemAttributeName.All],
            MessageAttributeNames = ["All"],
        };
        var answer = await _client.ReceiveMessageAsync(request, cancellationToken).ConfigureAwait(false);

        return answer.Messages ?? [];
    }

    public async ValueTask DisposeAsync()
    {
        await _sends.DisposeAsync().ConfigureAwait(false);
        await _deletes.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<string> GetOrCreate(
        IAmazonSQS client, string name, IReadOnlyDictionary<string, object> attributes, IReadOnlyDictionary<string, string> tags)
    {
        try
        {
            var existing = await client.GetQueueUrlAsync(name).ConfigureAwait(false);
            return existing.QueueUrl;
        }
        catch (QueueDoesNotExistException)
        {
            var request = new CreateQueueRequest(name)
            {
                Attributes = attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value.ToString()!),
                Tags = tags.ToDictionary(),
            };
            var created = await client.CreateQueueAsync(request).ConfigureAwait(false);
            return created.QueueUrl;
        }
    }

    private async Task<BatchOutcome> SendBatch(List<SendMessageBatchRequestEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            entries[i].Id = IdOf(i);
        }

        var answer = await _client.SendMessageBatchAsync(new SendMessageBatchRequest(_url, entries)).ConfigureAwait(false);

        return new BatchOutcome(answer.Successful?.Select(entry => entry.Id), answer.Failed);
    }

    private async Task<BatchOutcome> DeleteBatch(List<DeleteMessageBatchRequestEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            entries[i].Id = IdOf(i);
        }

        var answer = await _client.DeleteMessageBatchAsync(new DeleteMessageBatchRequest(_url, entries)).ConfigureAwait(false);

        return new BatchOutcome(answer.Successful?.Select(entry => entry.Id), answer.Failed);
    }

    private static string IdOf(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static int SizeOf(SendMessageBatchRequestEntry entry)
        => entry.MessageBody.Length + entry.MessageAttributes.Sum(attribute => attribute.Key.Length + attribute.Value.StringValue.Length);
}
