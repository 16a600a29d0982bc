using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Waybill.Notifications.Records;

/// <summary>A worker's right to make one attempt.</summary>
/// <param name="Token">Random; the fence for every result. Clocks are not.</param>
/// <param name="Owner">The worker's instance name, for people.</param>
/// <param name="StartedAt">When it was given, by the status service's clock.</param>
/// <param name="Until">When it ends, by the status service's clock; from then on another worker may take over.</param>
public sealed record Lease(
    [property: JsonRequired] string Token,
    [property: JsonRequired] string Owner,
    [property: JsonRequired] DateTimeOffset StartedAt,
    [property: JsonRequired] DateTimeOffset Until)
{
    public static string NewToken() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
