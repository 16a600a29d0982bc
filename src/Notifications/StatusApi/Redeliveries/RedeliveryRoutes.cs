namespace Waybill.Notifications.StatusApi.Redeliveries;

/// <summary>Paths of the internal API for jobs.</summary>
public static class RedeliveryRoutes
{
    public const string Jobs = "/redeliveries";
    public const string Lease = "lease";
    public const string Page = "page";
    public const string Checkpoint = "checkpoint";
    public const string Cancel = "cancel";

    /// <summary>All jobs, from the service's root.</summary>
    public const string All = StatusRoutes.Prefix + Jobs;

    /// <summary>A job, or what can be asked of it, from the service's root.</summary>
    public static string Of(string id, string? part = null) => part is null ? $"{All}/{id}" : $"{All}/{id}/{part}";
}
