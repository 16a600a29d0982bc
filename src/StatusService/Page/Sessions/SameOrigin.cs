namespace Waybill.StatusService.Page.Sessions;

/// <summary>
/// Whether a request comes from the page itself: the browser says so, and no script can make it lie. The scheme is not
/// compared, as a load balancer may end TLS.
/// </summary>
internal static class SameOrigin
{
    public static bool IsSaidBy(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();

        return (site.Length == 0 || site == "same-origin")
            && (origin.Length == 0 || IsOwn(origin, request.Host))
            && site.Length + origin.Length > 0;
    }

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
