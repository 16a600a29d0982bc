using System.Security.Cryptography;
using System.Text;

namespace Waybill.Notifications.Records;

/// <summary>Opaque to clients; made as those of notifications are (<see cref="NotificationId"/>).</summary>
public static class EndpointId
{
    public const string Prefix = "ep_";

    private static readonly OpaqueId Ids = new(Prefix);

    public static string New(DateTimeOffset now) => Ids.New(now);

    /// <summary>A repeated request with the same key meets its own endpoint.</summary>
    public static string FromIdempotencyKey(string owner, string tenant, string key) =>
        Ids.Of(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner.Length}:{owner}{tenant.Length}:{tenant}{key}")).AsSpan(0, 16));

    /// <summary>Many of them in little space, 16 bytes each, in their order.</summary>
    /// <param name="ids">Valid ones.</param>
    public static byte[] Pack(IReadOnlyList<string> ids) => Ids.Pack(ids);

    /// <summary>What <see cref="Pack"/> has packed.</summary>
    /// <exception cref="FormatException">It has not packed that.</exception>
    public static IReadOnlyList<string> Unpack(byte[] bytes) => Ids.Unpack(bytes);

    public static bool IsValid(string? id) => Ids.IsValid(id);
}
