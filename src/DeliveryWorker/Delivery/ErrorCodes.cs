using System.Globalization;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// The stable names in <c>errorDetails.code</c>, the attempt's history and the tag <c>error.type</c>. Clients may act on them:
/// names are added, never changed.
/// </summary>
public static class ErrorCodes
{
    /// <summary>The deadline passed while the name was resolved.</summary>
    public const string TimeoutDns = "timeout_dns";

    /// <summary>The deadline passed, or the network gave up, before the connection stood.</summary>
    public const string TimeoutConnect = "timeout_connect";

    /// <summary>The deadline passed in the TLS handshake.</summary>
    public const string TimeoutTls = "timeout_tls";

    /// <summary>The deadline passed before the answer's headers were complete.</summary>
    public const string TimeoutHeaders = "timeout_headers";

    /// <summary>The deadline passed before the answer's body was complete.</summary>
    public const string TimeoutBody = "timeout_body";

    /// <summary>The name does not exist or has no address.</summary>
    public const string DnsNotFound = "dns_not_found";

    /// <summary>The name servers gave no usable answer.</summary>
    public const string DnsFailure = "dns_failure";

    /// <summary>Nothing listens on the port.</summary>
    public const string ConnectionRefused = "connection_refused";

    /// <summary>The receiver, or something on the way, broke the connection.</summary>
    public const string ConnectionReset = "connection_reset";

    /// <summary>The receiver closed the connection before its answer was complete.</summary>
    public const string ConnectionClosed = "connection_closed";

    /// <summary>No route to the address.</summary>
    public const string HostUnreachable = "host_unreachable";

    /// <summary>Any other failure to connect.</summary>
    public const string ConnectionFailed = "connection_failed";

    /// <summary>The TLS handshake failed: protocol, name, or a certificate that is not trusted.</summary>
    public const string TlsFailure = "tls_failure";

    /// <summary>What came is not an HTTP answer, or is a 1xx that ends the exchange.</summary>
    public const string ProtocolError = "protocol_error";

    /// <summary>The answer's headers are larger than accepted.</summary>
    public const string HeadersTooLarge = "headers_too_large";

    /// <summary>The guard refused every address of the host.</summary>
    public const string BlockedAddress = "blocked_address";

    /// <summary>The guard refused the port.</summary>
    public const string BlockedPort = "blocked_port";

    /// <summary>Only https is allowed, and the URL is http.</summary>
    public const string HttpsRequired = "https_required";

    /// <summary>The stored request cannot be put on the wire.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>An answer with that status, such as <c>http_503</c>; redirects too: they are not followed.</summary>
    public static string Http(int statusCode) => string.Create(CultureInfo.InvariantCulture, $"http_{statusCode}");
}
