using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Waybill.ServiceDefaults.Authentication;

namespace Waybill.StatusService.Page.Sessions;

/// <summary>Signing in, with an API key as for any other call; who is signed in; signing out.</summary>
internal static class SessionEndpoints
{
    private const string Path = "/session";

    public static void MapSession(this WebApplication app)
    {
        var session = app.MapGroup(Path).ExcludeFromDescription();

        session.MapPost("", SignIn).RequireClientKey();
        session.MapGet("", Get);
        session.MapDelete("", SignOut).RequireSession();
    }

    private static NoContent SignIn(HttpContext context, ClaimsPrincipal caller, SessionCookie cookie)
    {
        var (value, expiresAt) = cookie.Issue(caller.Identity!.Name!, caller.KeyHash());
        context.Response.Cookies.Append(SessionCookie.Name, value, Options(context.Request, expiresAt));
        return TypedResults.NoContent();
    }

    /// <summary>204 for nobody: a page that is opened for the first time has done nothing wrong.</summary>
    private static Results<Ok<SessionResponse>, NoContent> Get(HttpContext context, SessionCookie cookie, IOptions<PageOptions> options)
    {
        context.Response.Headers.CacheControl = "no-store";

        return cookie.Read(context.Request) is { } session
            ? TypedResults.Ok(SessionResponse.Of(session, options.Value))
            : TypedResults.NoContent();
    }

    private static NoContent SignOut(HttpContext context)
    {
        context.Response.Cookies.Delete(SessionCookie.Name, Options(context.Request, expiresAt: null));
        return TypedResults.NoContent();
    }

    private static CookieOptions Options(HttpRequest request, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = IsHttps(request),
        Path = "/",
        Expires = expiresAt,
    };

    /// <summary>Also where a load balancer ends TLS; who forges its header only makes the cookie stricter.</summary>
    private static bool IsHttps(HttpRequest request) => request.IsHttps || request.Headers["X-Forwarded-Proto"] == "https";
}
