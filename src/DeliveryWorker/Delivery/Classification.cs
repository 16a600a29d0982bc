using System.Globalization;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>What an outcome counts as.</summary>
/// <param name="RetryEligible">Whether a call that ended like this may be repeated.</param>
/// <param name="ErrorCode"><c>http_</c> and the status code, or that of a <see cref="FailureKind"/>; null for success.</param>
public sealed record Classification(DeliveryCategory Category, bool RetryEligible, string? ErrorCode)
{
    private static readonly Classification Success = new(DeliveryCategory.Success, false, null);

    /// <summary>
    /// 408, 425 and 429 say "later", as do server errors; 501 and 505 say "never". A 1xx ends no exchange that was asked for,
    /// and from 600 on a number has no meaning: both are protocol errors. Redirects are answers like others, as they are not followed.
    /// </summary>
    public static Classification Of(int statusCode) => statusCode switch
    {
        >= 200 and <= 299 => Success,
        408 or 425 or 429 => new(DeliveryCategory.ClientError, true, Code(statusCode)),
        >= 300 and <= 499 => new(DeliveryCategory.ClientError, false, Code(statusCode)),
        501 or 505 => new(DeliveryCategory.ServerError, false, Code(statusCode)),
        >= 500 and <= 599 => new(DeliveryCategory.ServerError, true, Code(statusCode)),
        _ => FailureKind.ProtocolError.Classification,
    };

    /// <summary>Such as <c>http_503</c>.</summary>
    private static string Code(int statusCode) => string.Create(CultureInfo.InvariantCulture, $"http_{statusCode}");
}
