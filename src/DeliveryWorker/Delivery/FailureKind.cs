namespace Waybill.DeliveryWorker.Delivery;

/// <summary>The ways in which a call can end without a complete answer; see <see cref="ErrorCodes"/>.</summary>
public enum FailureKind
{
    TimeoutDns,
    TimeoutConnect,
    TimeoutTls,
    TimeoutHeaders,
    TimeoutBody,
    DnsNotFound,
    DnsFailure,
    ConnectionRefused,
    ConnectionReset,
    ConnectionClosed,
    HostUnreachable,
    ConnectionFailed,
    TlsFailure,
    ProtocolError,
    HeadersTooLarge,
    BlockedAddress,
    BlockedPort,
    HttpsRequired,
    InvalidRequest,
}
