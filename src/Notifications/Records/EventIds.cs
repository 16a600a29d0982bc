using System.Security.Cryptography;
using System.Text;

namespace Waybill.Notifications.Records;

/// <summary>Opaque to clients; made as those of notifications are (<see cref="NotificationId"/>).</summary>
public static class EventIds
{
    public const string Prefix = "evt_";

    private static readonly OpaqueId Ids = new(Prefix);

    public static string New(DateTimeOffset now) => Ids.New(now);

    /// <summary>A repeated request with the same key meets its own event. Keys of events and of notifications have nothing to do with each other.</summary>
    public static string FromIdempotencyKey(string owner, string key) => Ids.Of(NotificationId.BitsOf(owner, key));

    /// <summary>Of a callback: whoever makes it, and however often, makes the same. No key of a client leads to one, as those begin with a length.</summary>
    /// <param name="about">What it tells of, without spaces.</param>
    public static string OfCallback(params ReadOnlySpan<string> about) =>
        Ids.Of(SHA256.HashData(Encoding.UTF8.GetBytes($"callback {string.Join(' ', about)}")).AsSpan(0, OpaqueId.Bytes));

    public static bool IsValid(string? id) => Ids.IsValid(id);
}
