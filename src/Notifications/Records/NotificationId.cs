using System.Security.Cryptography;
using System.Text;

namespace Waybill.Notifications.Records;

/// <summary>
/// Ids are opaque to clients. Without an idempotency key an id begins with the time of creation and is random otherwise;
/// with one, all of it comes from owner and key, so that a repeat meets its own record.
/// </summary>
public static class NotificationId
{
    public const string Prefix = "ntf_";

    private static readonly OpaqueId Ids = new(Prefix);

    public static string New(DateTimeOffset now) => Ids.New(now);

    public static string FromIdempotencyKey(string owner, string key) => Ids.Of(BitsOf(owner, key));

    /// <summary>Of an event's notification to one endpoint: whoever makes it, and however often, makes the same.</summary>
    public static string OfEvent(string eventId, string endpointId) => Ids.Of(BitsOf(eventId, endpointId));

    /// <summary>The length before the first keeps ("ab", "c") and ("a", "bc") apart.</summary>
    internal static ReadOnlySpan<byte> BitsOf(string first, string second) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{first.Length}:{first}{second}")).AsSpan(0, 16);

    /// <summary>Many of them in little space, 16 bytes each, in their order.</summary>
    /// <param name="ids">Valid ones.</param>
    public static byte[] Pack(IReadOnlyList<string> ids) => Ids.Pack(ids);

    /// <summary>What <see cref="Pack"/> has packed.</summary>
    /// <exception cref="FormatException">It has not packed that.</exception>
    public static IReadOnlyList<string> Unpack(byte[] bytes) => Ids.Unpack(bytes);

    public static bool IsValid(string? id) => Ids.IsValid(id);
}
