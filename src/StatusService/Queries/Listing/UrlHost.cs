namespace Waybill.StatusService.Queries.Listing;

/// <summary>The host of a notification's URL, as filters and summaries name it.</summary>
internal static class UrlHost
{
    /// <summary>With its port, unless that is the scheme's own.</summary>
    public static string Of(string url) => new Uri(url).Authority;

    /// <param name="host">With a port or without one.</param>
    public static bool Is(string url, string host)
    {
        var parsed = new Uri(url);

        return string.Equals(parsed.Host, host, StringComparison.OrdinalIgnoreCase)
            || string.Equals($"{parsed.Host}:{parsed.Port}", host, StringComparison.OrdinalIgnoreCase);
    }
}
