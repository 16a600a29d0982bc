namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// One try to put a call on the wire. It flows with the call through the HTTP handler, so that the stream which the call is written to
/// knows whose bytes these are.
/// </summary>
internal sealed class Sending
{
    private static readonly AsyncLocal<Sending?> Flow = new();

    private readonly bool _isLast;

    private Sending(RequestHead? head, bool isLast) => (Head, _isLast) = (head, isLast);

    /// <summary>Null outside of a call.</summary>
    public static Sending? Current => Flow.Value;

    /// <summary>What has to be put right in the head over HTTP/1.1; null for nothing.</summary>
    public RequestHead? Head { get; }

    /// <summary>
    /// Whether bytes were handed to an HTTP/1.1 connection. Once they were, the receiver may have acted on them. Over HTTP/2 the protocol itself
    /// tells what was not processed.
    /// </summary>
    public bool IsOnHttp1 { get; set; }

    /// <summary>Whether the handler is past the head of the request: over HTTP/2 it asks for the body once the head has its place in a stream, not before.</summary>
    public bool IsOnBody { get; set; }

    /// <summary>Whether the handler had a connection, and began to write the request.</summary>
    public bool HasBegun { get; private set; }

    /// <param name="isLast">The handler may then repeat by itself over HTTP/2, so that the cause is told when this fails, too.</param>
    public static Sending Start(RequestHead? head, bool isLast)
    {
        var sending = new Sending(head, isLast);
        Flow.Value = sending;
        return sending;
    }

    /// <summary>The handler begins to write the request.</summary>
    /// <exception cref="RepeatedSendException">It began before, and did not ask.</exception>
    public void Begin()
    {
        if (HasBegun && (IsOnHttp1 || !_isLast))
        {
            throw new RepeatedSendException();
        }

        HasBegun = true;
    }
}

/// <summary>
/// The HTTP handler was about to send a request for the second time. After HTTP/1.1 the receiver may have acted on the first one, and whether to
/// call again is decided by the schedule, on the record; after HTTP/2 it did not, and <see cref="SafeRepeats"/> sends it again.
/// </summary>
public sealed class RepeatedSendException() : InvalidOperationException("The connection was closed before an answer came.");
