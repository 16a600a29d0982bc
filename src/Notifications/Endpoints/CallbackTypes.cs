namespace Waybill.Notifications.Endpoints;

/// <summary>Types of the events by which Waybill itself tells an owner what became of its notifications and endpoints, in the tenant <see cref="Tenants.Reserved"/>.</summary>
public static class CallbackTypes
{
    /// <summary>Notifications have failed for good.</summary>
    public const string NotificationFailed = "waybill.notification.failed";

    /// <summary>A notification that asked for it was delivered.</summary>
    public const string NotificationSucceeded = "waybill.notification.succeeded";

    /// <summary>An endpoint has failed for half of the time after which it is disabled.</summary>
    public const string EndpointFailing = "waybill.endpoint.failing";

    /// <summary>An endpoint was disabled.</summary>
    public const string EndpointDisabled = "waybill.endpoint.disabled";

    /// <summary>An endpoint of which one of the two before was told has answered 2xx.</summary>
    public const string EndpointRecovered = "waybill.endpoint.recovered";

    public static IReadOnlyList<string> All { get; } = [NotificationFailed, NotificationSucceeded, EndpointFailing, EndpointDisabled, EndpointRecovered];
}
