using System.Threading.Channels;

namespace Waybill.Client.EntityFrameworkCore.Relay;

/// <summary>Tells the relay of this process that there are new rows. Told twice before it looks is told once.</summary>
internal sealed class OutboxSignal<TContext>(TimeProvider time)
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Ends with the next signal, or after that time.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);

        try
        {
            await _channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Nobody has told: it is time to look.
        }
    }
}
