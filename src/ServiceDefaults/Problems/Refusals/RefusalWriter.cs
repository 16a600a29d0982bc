using System.Buffers;
using System.IO.Pipelines;

namespace Waybill.ServiceDefaults.Problems.Refusals;

/// <summary>
/// Passes on all that the server writes on a connection, until it refuses a request: its answer to that is held back, completed with a
/// problem body, and sent.
/// </summary>
internal sealed class RefusalWriter(PipeWriter inner, Refusal refusal, RefusalResponse answer) : PipeWriter
{
    private ArrayBufferWriter<byte>? _held;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes + (_held?.WrittenCount ?? 0);

    /// <summary>Where the answer of a refusal goes; null for all others.</summary>
    private ArrayBufferWriter<byte>? Held => refusal.Reason is null ? null : _held ??= new ArrayBufferWriter<byte>();

    public override void Advance(int bytes)
    {
        if (Held is { } held)
        {
            held.Advance(bytes);
        }
        else
        {
            inner.Advance(bytes);
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => Held?.GetMemory(sizeHint) ?? inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Release();
        return inner.FlushAsync(cancellationToken);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (Held is null)
        {
            return inner.WriteAsync(source, cancellationToken);
        }

        this.Write(source.Span);
        return FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        Release();
        inner.Complete(exception);
    }

    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        Release();
        return inner.CompleteAsync(exception);
    }

    private void Release()
    {
        if (_held is not { WrittenCount: > 0 } held)
        {
            return;
        }

        inner.Write(answer.Complete(held.WrittenSpan, refusal.Reason!));
        held.Clear();
    }
}
