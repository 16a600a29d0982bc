using Amazon.SQS.Model;
using MassTransit.AmazonSqsTransport.Configuration;
using MassTransit.AmazonSqsTransport.Queues;
using MassTransit.Transports;
using MassTransit.Util;

namespace MassTransit.AmazonSqsTransport.Receiving;

/// <summary>
/// Polls the queue and dispatches what comes. On stop it ends the poll and waits for the messages in hand; what was received and not
/// yet started stays invisible until its visibility timeout ends, as with the published transport.
/// </summary>
internal sealed class SqsReceiver : ConsumerAgent<string>
{
    private const int MessagesPerRequest = 10;

    private readonly SqsQueue _queue;
    private readonly SqsReceiveEndpointContext _endpoint;
    private readonly SqsReceiveSettings _settings;

    public SqsReceiver(SqsQueue queue, SqsReceiveEndpointContext endpoint, SqsReceiveSettings settings)
        : base(endpoint, StringComparer.Ordinal)
    {
        _queue = queue;
        _endpoint = endpoint;
        _settings = settings;

        TrySetConsumeTask(Task.Run(Run));
    }

    private async Task Run()
    {
        using var algorithm = new RequestRateAlgorithm(new RequestRateAlgorithmOptions
        {
            PrefetchCount = _endpoint.PrefetchCount,
            ConcurrentResultLimit = _endpoint.ConcurrentMessageLimit ?? _endpoint.PrefetchCount,
            RequestResultLimit = MessagesPerRequest,
        });

        SetReady();

        try
        {
            while (!IsStopping)
            {
                await algorithm.Run<Message>(Receive, (message, _) => Handle(message), Stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (IsStopping)
        {
        }
        catch (Exception exception)
        {
            LogContext.Warning?.Log(exception, "Receiving failed: {InputAddress}", _endpoint.InputAddress);
        }
    }

    private async Task<IEnumerable<Message>> Receive(int limit, CancellationToken cancellationToken)
    {
        try
        {
            return await _queue.Receive(limit, _settings.WaitTimeSeconds, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    private async Task Handle(Message message)
    {
        LogContext.Current = _endpoint.LogContext;

        if (IsStopping)
        {
            return;
        }

        var messageLock = new SqsLock(message.ReceiptHandle, _queue, _settings, _endpoint.InputAddress, Stopped);
        var context = new SqsReceiveContext(message, _endpoint);

        try
        {
            await Dispatch(message.MessageId, context, messageLock).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            context.LogTransportFaulted(exception);
        }
        finally
        {
            context.Dispose();
        }
    }
}
