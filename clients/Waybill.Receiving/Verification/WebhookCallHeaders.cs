using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Waybill.Notifications.Signing;

namespace Waybill.Receiving.Verification;

/// <summary>A call's three headers, which are well-formed.</summary>
/// <param name="Timestamp">Seconds since 1970.</param>
/// <param name="Signatures">Each with its version, such as <c>v1,…</c>; null where none came and none is asked for.</param>
internal sealed record WebhookCallHeaders(string Id, long Timestamp, IReadOnlyList<string> Signatures)
{
    private const int MaxIdLength = 255;

    private static readonly long LatestTimestamp = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <returns>Null, and what is wrong, where one is missing or malformed.</returns>
    public static WebhookCallHeaders? Read(IHeaderDictionary headers, bool signed, out string fault)
    {
        var signatures = headers[WebhookHeaders.Signature].SelectMany(line => line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []).ToList();

        fault = FaultOf(headers[WebhookHeaders.Id], headers[WebhookHeaders.Timestamp], out var timestamp)
            ?? (signed && signatures.Count == 0 ? $"The header {WebhookHeaders.Signature} is missing." : "");

        return fault.Length == 0 ? new WebhookCallHeaders(headers[WebhookHeaders.Id].ToString(), timestamp, signatures) : null;
    }

    private static string? FaultOf(StringValues id, StringValues time, out long timestamp)
    {
        timestamp = 0;

        return (id, time) switch
        {
            ({ Count: 0 } or [null or ""], _) => $"The header {WebhookHeaders.Id} is missing.",
            (_, { Count: 0 } or [null or ""]) => $"The header {WebhookHeaders.Timestamp} is missing.",
            _ when !IsId(id) => $"The header {WebhookHeaders.Id} must be one id of 1 to {MaxIdLength} visible ASCII characters, none of them a full stop.",
            _ when !IsTimestamp(time, out timestamp) => $"The header {WebhookHeaders.Timestamp} must be one number of seconds since 1970.",
            _ => null,
        };
    }

    /// <summary>
    /// A full stop separates what is signed: <c>id.timestamp.body</c>. Within the id it would let one who overheard a call move the boundary between the parts, which is why the
    /// specification warns of it.
    /// </summary>
    private static bool IsId(StringValues values) =>
        values is [{ Length: <= MaxIdLength } id] && id.All(character => character is > ' ' and <= '~' and not '.');

    private static bool IsTimestamp(StringValues values, out long timestamp)
    {
        timestamp = 0;
        return values is [{ } text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out timestamp) && timestamp <= LatestTimestamp;
    }
}
