using System.Net.Sockets;
using System.Security.Authentication;
using Waybill.DeliveryWorker.Egress;
using Waybill.Hosting.Egress;
using Waybill.Notifications.Sealing;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>Turns what the HTTP handler throws into a <see cref="Failure"/>.</summary>
internal static class FailureReader
{
    /// <summary>The deadline passed in that phase.</summary>
    public static Failure Timeout(CallPhase phase, int seconds) => phase switch
    {
        CallPhase.Dns => new(FailureKind.TimeoutDns, $"The host name was not resolved within {seconds} s."),
        CallPhase.Tls => new(FailureKind.TimeoutTls, $"The TLS handshake was not done within {seconds} s."),
        CallPhase.Headers => new(FailureKind.TimeoutHeaders, $"No answer came within {seconds} s."),
        CallPhase.Body or CallPhase.Done => new(FailureKind.TimeoutBody, $"The answer was not complete within {seconds} s."),
        _ => new(FailureKind.TimeoutConnect, $"No connection stood within {seconds} s."),
    };

    /// <param name="end">How the connection ended, where that is known: what was thrown may say no more than that it did.</param>
    public static Failure Read(Exception exception, CallPhase phase, Exception? end = null)
    {
        // Also after the handshake, where it comes in place of an answer.
        if ((TlsAlert.In(exception) ?? (phase < CallPhase.Headers ? TlsAlert.In(end) : null)) is { } alert)
        {
            return new Failure(FailureKind.TlsFailure, $"The receiver ended TLS with the alert {alert}.");
        }

        // The cause says more than what is wrapped around it: the innermost one that is known counts.
        for (var cause = exception.GetBaseException(); ; cause = ParentOf(cause, exception))
        {
            if (Known(cause, phase) is { } kind)
            {
                return new Failure(kind, kind.Message ?? cause.Message);
            }

            if (cause == exception)
            {
                return new Failure(phase < CallPhase.Headers ? FailureKind.ConnectionFailed : FailureKind.ProtocolError, cause.Message);
            }
        }
    }

    private static FailureKind? Known(Exception cause, CallPhase phase) => cause switch
    {
        EgressBlockedException blocked => Of(blocked.Refusal),
        SealException => FailureKind.SecretSealed,
        RepeatedSendException or UnsentException => FailureKind.ConnectionClosed,
        SocketException socket => Of(socket.SocketErrorCode, phase),
        AuthenticationException => FailureKind.TlsFailure,
        HttpProtocolException => FailureKind.ProtocolError,
        HttpIOException io => Of(io.HttpRequestError),
        HttpRequestException request => Of(request.HttpRequestError),
        IOException when phase == CallPhase.Tls => FailureKind.TlsFailure,
        FormatException or ArgumentException or NotSupportedException when phase < CallPhase.Headers => FailureKind.InvalidRequest,
        _ => null,
    };

    private static FailureKind Of(EgressRefusal refusal) => refusal switch
    {
        EgressRefusal.Port => FailureKind.BlockedPort,
        EgressRefusal.Plaintext => FailureKind.HttpsRequired,
        _ => FailureKind.BlockedAddress,
    };

    private static FailureKind? Of(SocketError error, CallPhase phase) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData => FailureKind.DnsNotFound,
        SocketError.TryAgain or SocketError.NoRecovery => FailureKind.DnsFailure,
        SocketError.ConnectionRefused => FailureKind.ConnectionRefused,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => FailureKind.ConnectionReset,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown => FailureKind.HostUnreachable,
        SocketError.TimedOut => phase >= CallPhase.Headers ? FailureKind.ConnectionReset : FailureKind.TimeoutConnect,
        _ when phase == CallPhase.Dns => FailureKind.DnsFailure,
        _ => null,
    };

    private static FailureKind? Of(HttpRequestError? error) => error switch
    {
        HttpRequestError.SecureConnectionError => FailureKind.TlsFailure,
        HttpRequestError.ResponseEnded => FailureKind.ConnectionClosed,
        HttpRequestError.ConfigurationLimitExceeded => FailureKind.HeadersTooLarge,
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError => FailureKind.ProtocolError,
        _ => null,
    };

    private static Exception ParentOf(Exception cause, Exception outermost)
    {
        var parent = outermost;

        while (parent.InnerException is { } inner && inner != cause)
        {
            parent = inner;
        }

        return parent;
    }
}
