namespace Waybill.StatusService.Page.Sessions;

/// <summary>Who is signed in, and what the page needs to know for that.</summary>
/// <param name="Name">The API key's name.</param>
/// <param name="TraceUrl">Address of a trace, with <c>{traceId}</c> in it; null when there is none.</param>
internal sealed record SessionResponse(string Name, string Owner, string Role, DateTimeOffset ExpiresAt, string CsrfToken, string? TraceUrl)
{
    public static SessionResponse Of(Session session, PageOptions options) =>
        new(session.Key.Name, session.Key.Owner, session.Key.Role, session.ExpiresAt, session.CsrfToken, options.TraceUrl);
}
