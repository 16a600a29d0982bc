namespace Waybill.Notifications.Delivery;

/// <summary>What workers tell receivers apart by: host and port.</summary>
public static class HostKey
{
    /// <returns>Null where the URL has no host.</returns>
    public static string? Of(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.IdnHost.Length > 0 ? $"{parsed.IdnHost}:{parsed.Port}" : null;
}
