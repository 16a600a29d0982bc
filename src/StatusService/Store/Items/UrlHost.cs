namespace Waybill.StatusService.Store.Items;

/// <summary>
/// The host of a notification's URL, as filters and summaries name it. Intake stores each host in one spelling, so nothing is normalized
/// here; a URL that cannot be read harms nothing but its own record.
/// </summary>
internal static class UrlHost
{
    /// <summary>With its port, unless that is the scheme's own; empty where the URL cannot be read.</summary>
    public static string Of(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Authority : "";

    /// <summary>In lower case; empty where the URL cannot be read.</summary>
    public static string WithoutPort(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Host.ToLowerInvariant() : "";

    /// <param name="host">With a port or without one.</param>
    public static bool Is(string url, string host) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && (string.Equals(parsed.Host, host, StringComparison.OrdinalIgnoreCase)
            || string.Equals($"{parsed.Host}:{parsed.Port}", host, StringComparison.OrdinalIgnoreCase));
}
