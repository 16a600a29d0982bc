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

    /// <summary>A record, or one of its transitions, from the service's root.</summary>
    public static string Of(string id, string? transition = null) =>
        transition is null ? $"{Prefix}{Notifications}/{id}" : $"{Prefix}{Notifications}/{id}/{transition}";
}
