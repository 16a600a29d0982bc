using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// The plaintext of an HTTP/1.1 connection, watched for what the platform does not tell: whether a connection that was used before is still one
/// as the next call begins, and if it ends without an answer, whether the call reached the receiver at all.
/// </summary>
/// <remarks>
/// A call is certain not to have arrived when the other side closed and its system had acknowledged nothing of it: the close itself carries
/// the acknowledgement of all that came before. A reset carries none, so after one nothing is certain.
/// </remarks>
internal sealed class Http1Stream(Stream inner) : Stream
{
    private readonly Socket? _socket = SocketOf(inner);
    private readonly ResponseVersion _version = new();
    private readonly Lock _gate = new();

    private Sending? _sending;
    private bool _wasKept;
    private bool _isKept;
    private bool _isAnswered;
    private bool _isEnded;
    private long? _acknowledged;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Sending.Current is not { } sending)
        {
            return inner.WriteAsync(buffer, cancellationToken);
        }

        if (sending != _sending)
        {
            Begin(sending);
            return inner.WriteAsync(sending.Head?.Correct(buffer.Span) ?? buffer, cancellationToken);
        }

        return sending.Head is { IsAlone: true } ? ValueTask.CompletedTask : inner.WriteAsync(buffer, cancellationToken);
    }

    /// <summary>Reading nothing is how the platform waits for input.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer.IsEmpty ? inner.ReadAsync(buffer, cancellationToken) : ReadSomeAsync(buffer, cancellationToken);

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

    /// <exception cref="UnsentException">The connection was used before, and is of no use any more.</exception>
    private void Begin(Sending sending)
    {
        lock (_gate)
        {
            if (_isKept && (_isEnded || !_version.Persists || (_socket is not null && TcpState.HasInput(_socket))))
            {
                throw new UnsentException();
            }

            _acknowledged = _isKept && _socket is not null ? TcpState.Acknowledged(_socket) : null;
            _wasKept = _isKept;
            _isKept = true;
            _isAnswered = false;
            _version.Reset();
            _sending = sending;
            sending.IsOnHttp1 = true;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        NoteRead();
        var read = 0;

        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
        }
        finally
        {
            // Also where it failed: no call may begin on it.
            if (read == 0)
            {
                NoteEnd();
            }
        }

        return Judge(buffer.Span[..read]);
    }

    /// <summary>The platform reads before it writes only where the connection was waiting in the pool.</summary>
    private void NoteRead()
    {
        lock (_gate)
        {
            _isKept |= _sending is null;
        }
    }

    private void NoteEnd()
    {
        lock (_gate)
        {
            _isEnded = true;
        }
    }

    private int Judge(ReadOnlySpan<byte> read)
    {
        lock (_gate)
        {
            if (!read.IsEmpty)
            {
                // What comes unasked is no answer to a call that is yet to begin.
                _isEnded |= _sending is null;
                _isAnswered = true;
                _version.Read(read);
                return read.Length;
            }

            return _sending is null || _isAnswered ? 0 : throw WhyNoAnswer();
        }
    }

    private IOException WhyNoAnswer()
    {
        var isUnsent = _wasKept && _acknowledged is { } before && TcpState.Acknowledged(_socket!) == before;

        return isUnsent
            ? new UnsentException()
            : new HttpIOException(HttpRequestError.ResponseEnded, "The connection was closed before an answer came.");
    }

    private static Socket? SocketOf(Stream stream) => stream switch
    {
        NetworkStream network => network.Socket,
        AlertReadingStream plaintext => SocketOf(plaintext.Inner),
        AuthenticatedStream tls => SocketOf(InnerStreamOf(tls)),
        _ => null,
    };

    /// <summary>Open to subclasses alone, and the platform makes the stream.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_InnerStream")]
    private static extern Stream InnerStreamOf(AuthenticatedStream stream);
}

/// <summary>
/// A kept connection turned out to be closed, and it is certain that nothing of the call reached the receiver: it was noticed before the first
/// byte was written, or the receiver had closed before one came. The call may go out on another connection, and it is still one call.
/// </summary>
public sealed class UnsentException() : IOException("The receiver had closed the connection that was kept for it.");
