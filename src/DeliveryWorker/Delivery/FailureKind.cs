using Waybill.DeliveryWorker.Egress;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// The ways in which a call can end without a complete answer, a row for each: its error code, its category, whether the call may be repeated,
/// and what people are told. docs/errors.md has the same table, and a test compares the two.
/// </summary>
public sealed class FailureKind
{
    private static readonly List<FailureKind> Rows = [];

    private FailureKind(string code, DeliveryCategory category, bool retried, string? message)
    {
        Classification = new Classification(category, retried, code);
        Message = message;
        Rows.Add(this);
    }

    /// <summary>The deadline passed while the name was resolved.</summary>
    public static readonly FailureKind TimeoutDns = Timeout("timeout_dns");

    /// <summary>The deadline passed, or the network gave up, before the connection stood.</summary>
    public static readonly FailureKind TimeoutConnect = Timeout("timeout_connect", "The receiver did not take the connection.");

    /// <summary>The deadline passed in the TLS handshake.</summary>
    public static readonly FailureKind TimeoutTls = Timeout("timeout_tls");

    /// <summary>The deadline passed before the answer's headers were complete.</summary>
    public static readonly FailureKind TimeoutHeaders = Timeout("timeout_headers");

    /// <summary>The deadline passed before the answer's body was complete.</summary>
    public static readonly FailureKind TimeoutBody = Timeout("timeout_body");

    /// <summary>The name does not exist or has no address.</summary>
    public static readonly FailureKind DnsNotFound = Network("dns_not_found", "The host name has no address.");

    /// <summary>The name servers gave no usable answer.</summary>
    public static readonly FailureKind DnsFailure = Network("dns_failure", "The host name could not be resolved.");

    /// <summary>Nothing listens on the port.</summary>
    public static readonly FailureKind ConnectionRefused = Network("connection_refused", "The receiver refused the connection.");

    /// <summary>The receiver, or something on the way, broke the connection.</summary>
    public static readonly FailureKind ConnectionReset = Network("connection_reset", "The connection was broken before the answer was complete.");

    /// <summary>The receiver closed the connection before its answer was complete.</summary>
    public static readonly FailureKind ConnectionClosed = Network("connection_closed", "The receiver closed the connection before the answer was complete.");

    /// <summary>No route to the address.</summary>
    public static readonly FailureKind HostUnreachable = Network("host_unreachable", "There is no route to the receiver.");

    /// <summary>Any other failure to connect.</summary>
    public static readonly FailureKind ConnectionFailed = Network("connection_failed");

    /// <summary>The TLS handshake failed: protocol, name, or a certificate that is not trusted.</summary>
    public static readonly FailureKind TlsFailure = Network("tls_failure");

    /// <summary>What came is not an HTTP answer, or is a 1xx that ends the exchange.</summary>
    public static readonly FailureKind ProtocolError = Network("protocol_error");

    /// <summary>The answer's headers are larger than accepted.</summary>
    public static readonly FailureKind HeadersTooLarge = Network("headers_too_large", $"The answer's headers are larger than {GuardedHandler.MaxResponseHeadKilobytes} KiB.");

    /// <summary>The guard refused every address of the host.</summary>
    public static readonly FailureKind BlockedAddress = Blocked("blocked_address");

    /// <summary>The guard refused the port.</summary>
    public static readonly FailureKind BlockedPort = Blocked("blocked_port");

    /// <summary>Only https is allowed, and the URL is http.</summary>
    public static readonly FailureKind HttpsRequired = Blocked("https_required");

    /// <summary>A secret of the endpoint cannot be opened, and nothing is sent unsigned. Whoever runs Waybill repairs it, so it is tried again.</summary>
    public static readonly FailureKind SecretSealed = new(ErrorDetails.SecretSealed, DeliveryCategory.Blocked, retried: true, message: null);

    /// <summary>The stored request cannot be put on the wire.</summary>
    public static readonly FailureKind InvalidRequest = new("invalid_request", DeliveryCategory.ClientError, retried: false, message: null);

    /// <summary>All rows, in the order of the documentation.</summary>
    public static IReadOnlyList<FailureKind> All => Rows;

    /// <summary>
    /// What it counts as. The code is <c>errorDetails.code</c>, and stands in the attempt's history and in the tag <c>error.type</c>. Clients may act
    /// on it: codes are added, never changed.
    /// </summary>
    public Classification Classification { get; }

    /// <summary>For people; not stable. Null where what was thrown says more.</summary>
    public string? Message { get; }

    public override string ToString() => Classification.ErrorCode!;

    private static FailureKind Timeout(string code, string? message = null) => new(code, DeliveryCategory.Timeout, retried: true, message);

    private static FailureKind Network(string code, string? message = null) => new(code, DeliveryCategory.NetworkError, retried: true, message);

    private static FailureKind Blocked(string code) => new(code, DeliveryCategory.Blocked, retried: false, message: null);
}

/// <summary>Why there is no complete answer.</summary>
/// <param name="Message">For people; not stable.</param>
public sealed record Failure(FailureKind Kind, string Message);
