using System.Runtime.CompilerServices;
using Waybill.DeliveryWorker.Delivery;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// The plaintext of a TLS connection until the first answer, so that a write that fails says why. With TLS 1.3 a receiver refuses our
/// certificate, or that we have none, only after the handshake: then its alert may lie unread as our first write meets the closed
/// connection. Reading it makes the platform throw with the alert in the text. Over HTTP/2 the platform reads by itself, and disposes of the
/// stream that we still write to, or finds the connection ended before it was used, and says no more than that: so the call's timeline is told.
/// </summary>
internal sealed class AlertReadingStream(Stream inner, CallTimeline? timeline) : Stream
{
    /// <summary>For an alert that was sent before the connection was closed, and so is here already or never comes.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<Exception> _readFailed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isReading;
    private volatile bool _hasRead;

    /// <summary>The TLS stream itself.</summary>
    public Stream Inner => inner;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _hasRead ? inner.ReadAsync(buffer, cancellationToken) : FirstReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _hasRead ? inner.WriteAsync(buffer, cancellationToken) : FirstWriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FirstReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _isReading = true;

        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            _hasRead |= read > 0;
            return read;
        }
        catch (IOException exception)
        {
            timeline?.NoteEnd(exception);
            _readFailed.TrySetResult(exception);
            throw;
        }
        finally
        {
            _isReading = false;
        }
    }

    private async ValueTask FirstWriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (!_hasRead && exception is (IOException or ObjectDisposedException))
        {
            if (await WhatTheReceiverSaidAsync() is { } said)
            {
                throw new IOException(exception.Message, said);
            }

            throw;
        }
    }

    /// <returns>Null when it said nothing.</returns>
    private async Task<Exception?> WhatTheReceiverSaidAsync()
    {
        using var wait = new CancellationTokenSource(LongestWait);

        try
        {
            if (_isReading || _readFailed.Task.IsCompleted)
            {
                return await _readFailed.Task.WaitAsync(wait.Token);
            }

            await inner.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, wait.Token);
            return null;
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
        catch (IOException exception)
        {
            return exception;
        }
    }
}
