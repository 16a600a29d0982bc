using System.Text.Json.Serialization;

namespace Waybill.Notifications.Records;

/// <summary>The immutable part of a notification: the HTTP request that each attempt sends.</summary>
/// <param name="Headers">In the client's order; names are unique without regard to case.</param>
/// <param name="ContentType">Null when there is no body.</param>
/// <param name="Body">Sent byte for byte; at most 256 KiB; null for none.</param>
public sealed record NotificationRequest(
    [property: JsonRequired] string Method,
    [property: JsonRequired] string Url,
    [property: JsonRequired] IReadOnlyDictionary<string, string> Headers,
    string? ContentType,
    byte[]? Body);
