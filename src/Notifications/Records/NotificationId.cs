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

    public static string FromIdempotencyKey(string owner, string key)
    {
        // The length before the owner keeps ("ab", "c") and ("a", "bc") apart.
        var text = $"{owner.Length}:{owner}{key}";
        return Ids.Of(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    public static bool IsValid(string? id) => Ids.IsValid(id);
}
