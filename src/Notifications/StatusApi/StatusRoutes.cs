using System.Globalization;

namespace Waybill.Notifications.StatusApi;

/// <summary>
/// Paths of the status service's internal API. All that changes a notification goes through <see cref="Batch"/>, by the names of
/// <see cref="StatusClient"/>; the others are plain reads, and what intake tells about the queue.
/// </summary>
public static class StatusRoutes
{
    public const string Prefix = "/internal";
    public const string Notifications = "/notifications";
    public const string Due = "/due";
    public const string Queue = "/queue";
    public const string Batch = "/batch";
    public const string Upkeep = "/upkeep";

    /// <summary>What is due in a shard, from the service's root.</summary>
    /// <param name="after">Where an earlier page ended; null for the first.</param>
    public static string DueIn(string shard, int limit, string? after) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Due}?shard={shard}&limit={limit}{(after is null ? "" : "&after=" + after)}");

    /// <summary>A record, from the service's root.</summary>
    public static string Of(string id) => $"{Prefix}{Notifications}/{id}";
}
