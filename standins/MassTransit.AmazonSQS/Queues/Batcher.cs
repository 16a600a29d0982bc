using System.Threading.Channels;

namespace MassTransit.AmazonSqsTransport.Queues;

/// <summary>
/// Collects entries into calls of at most 10 entries and about 240 KiB. The first entry waits at most a millisecond for company;
/// at most ten calls are under way. Disposing waits for all of them.
/// </summary>
internal sealed class Batcher<TEntry> : IAsyncDisposable
    where TEntry : class
{
    private const int EntryLimit = 10;
    private const int SizeLimit = 240 * 1024;
    private const int CallLimit = 10;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(1);

    private readonly Func<TEntry, int> _sizeOf;
    private readonly Func<List<TEntry>, Task<BatchOutcome>> _call;
    private readonly Channel<Waiting> _entries;
    private readonly SemaphoreSlim _calls = new(CallLimit);
    private readonly Task _loop;

    public Batcher(Func<TEntry, int> sizeOf, Func<List<TEntry>, Task<BatchOutcome>> call)
    {
        _sizeOf = sizeOf;
        _call = call;
        _entries = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(EntryLimit * CallLimit) { SingleReader = true });
        _loop = Task.Run(Run);
    }

    /// <summary>Done when SQS has taken this entry. Once it waits in a batch it can no longer be cancelled.</summary>
    public async Task Execute(TEntry entry, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(entry);

        await _entries.Writer.WriteAsync(waiting, cancellationToken).ConfigureAwait(false);
        await waiting.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _loop.ConfigureAwait(false);

        for (var i = 0; i < CallLimit; i++)
        {
            await _calls.WaitAsync().ConfigureAwait(false);
        }

        _calls.Dispose();
    }

    private async Task Run()
    {
        while (await _entries.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var batch = await Collect().ConfigureAwait(false);

            await _calls.WaitAsync().ConfigureAwait(false);
            _ = Task.Run(() => Call(batch));
        }
    }

    private async Task<List<Waiting>> Collect()
    {
        using var linger = new CancellationTokenSource(Linger);
        var batch = new List<Waiting>(EntryLimit);
        var size = 0;

        while (batch.Count < EntryLimit && await HasEntry(linger.Token).ConfigureAwait(false))
        {
            _entries.Reader.TryPeek(out var next);
            size += _sizeOf(next!.Entry);

            if (batch.Count > 0 && size > SizeLimit)
            {
                break;
            }

            _entries.Reader.TryRead(out _);
            batch.Add(next);
        }

        return batch;
    }

    private async ValueTask<bool> HasEntry(CancellationToken lingerEnded)
    {
        if (_entries.Reader.TryPeek(out _))
        {
            return true;
        }

        try
        {
            return await _entries.Reader.WaitToReadAsync(lingerEnded).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task Call(List<Waiting> batch)
    {
        try
        {
            var outcome = await _call(batch.ConvertAll(waiting => waiting.Entry)).ConfigureAwait(false);

            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Finish(outcome.ErrorOf(i));
            }
        }
        catch (Exception exception)
        {
            batch.ForEach(waiting => waiting.TrySetException(exception));
        }
        finally
        {
            _calls.Release();
        }
    }

    private sealed class Waiting(TEntry entry) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TEntry Entry => entry;

        public void Finish(Exception? error)
        {
            if (error is null)
            {
                TrySetResult();
            }
            else
            {
                TrySetException(error);
            }
        }
    }
}
