using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>What an outcome counts as.</summary>
/// <param name="RetryEligible">Whether a call that ended like this may be repeated.</param>
/// <param name="ErrorCode">One of <see cref="ErrorCodes"/>; null for success.</param>
public sealed record Classification(DeliveryCategory Category, bool RetryEligible, string? ErrorCode)
{
    private static readonly Classification Success = new(DeliveryCategory.Success, false, null);
    private static readonly Classification NotAnAnswer = Of(FailureKind.ProtocolError);

    /// <summary>
    /// 408, 425 and 429 say "later", as do server errors; 501 and 505 say "never". A 1xx ends no exchange that was asked for,
    /// and from 600 on a number has no meaning: both are protocol errors.
    /// </summary>
    public static Classification Of(int statusCode) => statusCode switch
    {
        >= 200 and <= 299 => Success,
        408 or 425 or 429 => new(DeliveryCategory.ClientError, true, ErrorCodes.Http(statusCode)),
        >= 300 and <= 499 => new(DeliveryCategory.ClientError, false, ErrorCodes.Http(statusCode)),
        501 or 505 => new(DeliveryCategory.ServerError, false, ErrorCodes.Http(statusCode)),
        >= 500 and <= 599 => new(DeliveryCategory.ServerError, true, ErrorCodes.Http(statusCode)),
        _ => NotAnAnswer,
    };

    public static Classification Of(FailureKind failure) => failure switch
    {
        FailureKind.TimeoutDns => Timeout(ErrorCodes.TimeoutDns),
        FailureKind.TimeoutConnect => Timeout(ErrorCodes.TimeoutConnect),
        FailureKind.TimeoutTls => Timeout(ErrorCodes.TimeoutTls),
        FailureKind.TimeoutHeaders => Timeout(ErrorCodes.TimeoutHeaders),
        FailureKind.TimeoutBody => Timeout(ErrorCodes.TimeoutBody),
        FailureKind.DnsNotFound => Network(ErrorCodes.DnsNotFound),
        FailureKind.DnsFailure => Network(ErrorCodes.DnsFailure),
        FailureKind.ConnectionRefused => Network(ErrorCodes.ConnectionRefused),
        FailureKind.ConnectionReset => Network(ErrorCodes.ConnectionReset),
        FailureKind.ConnectionClosed => Network(ErrorCodes.ConnectionClosed),
        FailureKind.HostUnreachable => Network(ErrorCodes.HostUnreachable),
        FailureKind.ConnectionFailed => Network(ErrorCodes.ConnectionFailed),
        FailureKind.TlsFailure => Network(ErrorCodes.TlsFailure),
        FailureKind.ProtocolError => Network(ErrorCodes.ProtocolError),
        FailureKind.HeadersTooLarge => Network(ErrorCodes.HeadersTooLarge),
        FailureKind.BlockedAddress => Blocked(ErrorCodes.BlockedAddress),
        FailureKind.BlockedPort => Blocked(ErrorCodes.BlockedPort),
        FailureKind.HttpsRequired => Blocked(ErrorCodes.HttpsRequired),
        FailureKind.InvalidRequest => new(DeliveryCategory.ClientError, false, ErrorCodes.InvalidRequest),
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "Not a kind of failure."),
    };

    private static Classification Timeout(string code) => new(DeliveryCategory.Timeout, true, code);

    private static Classification Network(string code) => new(DeliveryCategory.NetworkError, true, code);

    private static Classification Blocked(string code) => new(DeliveryCategory.Blocked, false, code);
}
