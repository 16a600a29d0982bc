namespace Waybill.Notifications.Records;

/// <summary>Opaque to clients; made as those of notifications are (<see cref="NotificationId"/>).</summary>
public static class EventIds
{
    public const string Prefix = "evt_";

    private static readonly OpaqueId Ids = new(Prefix);

    public static string New(DateTimeOffset now) => Ids.New(now);

    /// <summary>A repeated request with the same key meets its own event. Keys of events and of notifications have nothing to do with each other.</summary>
    public static string FromIdempotencyKey(string owner, string key) => Ids.Of(NotificationId.BitsOf(owner, key));

    public static bool IsValid(string? id) => Ids.IsValid(id);
}
