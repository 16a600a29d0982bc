using System.Collections.Concurrent;
using Amazon.SQS;
using MassTransit.Middleware;

namespace MassTransit.AmazonSqsTransport.Queues;

/// <summary>
/// One client for a whole bus, and the queues it has met. A queue is looked up once, and created where it does not exist; one that
/// vanishes later is not created again.
/// </summary>
internal sealed class SqsConnection : Agent
{
    private readonly IAmazonSQS _client;
    private readonly ConcurrentDictionary<string, Lazy<Task<SqsQueue>>> _queues = new(StringComparer.Ordinal);

    public SqsConnection(IAmazonSQS client)
    {
        _client = client;
        SetReady();
    }

    /// <summary>Concurrent callers share one look-up. A failed one is forgotten, so that the next caller tries again.</summary>
    public async Task<SqsQueue> GetQueue(
        string name,
        IReadOnlyDictionary<string, object> attributes,
        IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellationToken)
    {
        var queue = _queues.GetOrAdd(name, _ => new Lazy<Task<SqsQueue>>(() => SqsQueue.Open(_client, name, attributes, tags)));

        try
        {
            return await queue.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch when (queue.Value.IsFaulted)
        {
            _queues.TryRemove(KeyValuePair.Create(name, queue));
            throw;
        }
    }

    /// <summary>As the other one; a queue that it creates is bare: it has SQS's defaults and no dead-letter queue.</summary>
    public Task<SqsQueue> GetQueue(string name, CancellationToken cancellationToken)
        => GetQueue(name, new Dictionary<string, object>(), new Dictionary<string, string>(), cancellationToken);

    protected override async Task StopAgent(StopContext context)
    {
        foreach (var queue in _queues.Values.Where(queue => queue is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            await (await queue.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }

        _client.Dispose();

        await base.StopAgent(context).ConfigureAwait(false);
    }
}
