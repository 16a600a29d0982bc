using System.Globalization;
using System.Text.RegularExpressions;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// The alert with which a receiver ended TLS, by its name in RFC 8446, section 6. With TLS 1.3 one about the client's certificate comes only
/// after the handshake, in place of the answer. The platform has it in OpenSSL's text alone; the number in it says more surely which it is than the words,
/// which differ between versions.
/// </summary>
internal static partial class TlsAlert
{
    /// <summary>OpenSSL's reasons for alerts that were received: this and the alert's number.</summary>
    private const int ReasonOffset = 1000;

    private const int ReasonMask = 0xfff;

    private static readonly Dictionary<int, string> Names = new()
    {
        [10] = "unexpected_message",
        [20] = "bad_record_mac",
        [21] = "decryption_failed",
        [22] = "record_overflow",
        [30] = "decompression_failure",
        [40] = "handshake_failure",
        [41] = "no_certificate",
        [42] = "bad_certificate",
        [43] = "unsupported_certificate",
        [44] = "certificate_revoked",
        [45] = "certificate_expired",
        [46] = "certificate_unknown",
        [47] = "illegal_parameter",
        [48] = "unknown_ca",
        [49] = "access_denied",
        [50] = "decode_error",
        [51] = "decrypt_error",
        [60] = "export_restriction",
        [70] = "protocol_version",
        [71] = "insufficient_security",
        [80] = "internal_error",
        [86] = "inappropriate_fallback",
        [90] = "user_canceled",
        [100] = "no_renegotiation",
        [109] = "missing_extension",
        [110] = "unsupported_extension",
        [111] = "certificate_unobtainable",
        [112] = "unrecognized_name",
        [113] = "bad_certificate_status_response",
        [114] = "bad_certificate_hash_value",
        [115] = "unknown_psk_identity",
        [116] = "certificate_required",
        [120] = "no_application_protocol",
    };

    /// <returns>Null where no alert is the cause.</returns>
    public static string? In(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (OpenSslError().Match(cause.Message) is { Success: true } match)
            {
                var code = uint.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                var alert = (int)(code & ReasonMask) - ReasonOffset;

                if (alert is >= 0 and <= byte.MaxValue)
                {
                    return Names.GetValueOrDefault(alert, $"number {alert}");
                }
            }
        }

        return null;
    }

    [GeneratedRegex("error:([0-9A-Fa-f]{8}):SSL routines", RegexOptions.CultureInvariant)]
    private static partial Regex OpenSslError();
}
