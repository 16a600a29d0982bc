using System.Globalization;

namespace Waybill.Notifications.StatusApi;

/// <summary>Paths of the status service's internal API.</summary>
public static class StatusRoutes
{
    public const string Prefix = "/internal";
    public const string Notifications = "/notifications";
    public const string Queued = "queued";
    public const string RollBack = "roll-back";
    public const string Redispatch = "redispatch";
    public const string Claim = "claim";
    public const string Release = "release";
    public const string Result = "result";
    public const string Abandon = "abandon";
    public const string Cancel = "cancel";
    public const string Redeliver = "redeliver";
    public const string RedeliverByJob = "redeliver-by-job";
    public const string Due = "/due";
    public const string Queue = "/queue";
    public const string Batch = "/batch";

    /// <summary>What is due in a shard, from the service's root.</summary>
    /// <param name="after">Where an earlier page ended; null for the first.</param>
    public static string DueIn(string shard, int limit, string? after) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Due}?shard={shard}&limit={limit}{(after is null ? "" : "&after=" + after)}");

    /// <summary>A record, or one of its transitions, from the service's root.</summary>
    public static string Of(string id, string? transition = null) =>
        transition is null ? $"{Prefix}{Notifications}/{id}" : $"{Prefix}{Notifications}/{id}/{transition}";
}
