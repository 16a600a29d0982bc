using System.Diagnostics;
using Amazon.SQS.Model;
using MassTransit.AmazonSqsTransport.Configuration;
using MassTransit.AmazonSqsTransport.Queues;
using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Receiving;

/// <summary>
/// One delivery: keeps the message invisible while it is worked on, deletes it when that succeeded, and sets a short visibility
/// timeout when it did not.
/// </summary>
internal sealed class SqsLock : ReceiveLockContext
{
    /// <summary>The part of a visibility timeout after which it is renewed.</summary>
    private const double RenewalPoint = 0.7;

    private readonly string _receiptHandle;
    private readonly SqsQueue _queue;
    private readonly SqsReceiveSettings _settings;
    private readonly Uri _inputAddress;
    private readonly CancellationToken _stopped;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _renewals;
    private volatile bool _held = true;

    public SqsLock(string receiptHandle, SqsQueue queue, SqsReceiveSettings settings, Uri inputAddress, CancellationToken stopped)
    {
        _receiptHandle = receiptHandle;
        _queue = queue;
        _settings = settings;
        _inputAddress = inputAddress;
        _stopped = stopped;
        _renewals = Task.Run(Renew, CancellationToken.None);
    }

    public async Task Complete()
    {
        await _done.CancelAsync().ConfigureAwait(false);
        await _queue.Delete(_receiptHandle, _stopped).ConfigureAwait(false);
        await _renewals.ConfigureAwait(false);
    }

    public async Task Faulted(Exception exception)
    {
        await _done.CancelAsync().ConfigureAwait(false);
        await _renewals.ConfigureAwait(false);

        try
        {
            await _queue.ChangeVisibility(_receiptHandle, _settings.RedeliverVisibilityTimeout, _stopped).ConfigureAwait(false);
            _held = false;
        }
        catch (Exception error) when (IsGone(error))
        {
            _held = false;
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception error)
        {
            LogContext.Error?.Log(error, "A failed message could not be handed back early: {InputAddress}", _inputAddress);
        }
    }

    public Task ValidateLockStatus() => _held ? Task.CompletedTask : throw new TransportException(_inputAddress, "Message lock lost");

    /// <summary>Ends at the first failure: then the message may be delivered a second time while this delivery goes on.</summary>
    private async Task Renew()
    {
        var received = Stopwatch.StartNew();
        var extension = Math.Min(_settings.MaxVisibilityTimeoutRenewal, _queue.VisibilityTimeout);
        var timeout = _queue.VisibilityTimeout;

        try
        {
            do
            {
                await Task.Delay(TimeSpan.FromSeconds(timeout * RenewalPoint), _done.Token).ConfigureAwait(false);
                await _queue.ChangeVisibility(_receiptHandle, extension, _stopped).ConfigureAwait(false);
                timeout = extension;
            }
            while (received.Elapsed - TimeSpan.FromSeconds(extension) < _settings.MaxVisibilityTimeout);

            LogContext.Warning?.Log("A message is worked on for longer than {MaxVisibilityTimeout}", _settings.MaxVisibilityTimeout);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception error)
        {
            _held = !IsGone(error);
            LogContext.Warning?.Log(error, "The visibility of a message could not be renewed: {InputAddress}", _inputAddress);
        }
    }

    private static bool IsGone(Exception error) => error is MessageNotInflightException or ReceiptHandleIsInvalidException;
}
