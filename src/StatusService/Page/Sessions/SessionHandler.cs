using System.Diagnostics;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.StatusService.Page.Sessions;

/// <summary>
/// Authenticates by the session cookie. Browsers send it by themselves, so a request that may change something counts only
/// when it comes from the page: with the session's token, which another site cannot read, and from the same origin.
/// </summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    SessionCookie cookie,
    ILoggerFactory logger,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";
    public const string CsrfHeader = "X-Waybill-Csrf";
    private const string NotFromThePage = "The request does not come from the page.";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (cookie.Read(Request) is not { } session)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (!MayChangeSomething(Request))
        {
            LeaveOutOfTraces();
        }
        else if (!IsFromThePage(session))
        {
            return Task.FromResult(AuthenticateResult.Fail(NotFromThePage));
        }

        var caller = new ClaimsPrincipal(ApiKeyClaims.IdentityOf(session.Key, SchemeName));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();

        var problem = result.Failure?.Message == NotFromThePage
            ? Problem.Create(StatusCodes.Status403Forbidden, "cross-site-request", NotFromThePage)
            : Problem.Create(StatusCodes.Status401Unauthorized, "unauthorized", "There is no session, or it has ended: sign in with an API key.");

        await problem.ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Create(StatusCodes.Status403Forbidden, "forbidden", "The API key you signed in with may not do that.").ExecuteAsync(Context);

    private static bool MayChangeSomething(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    /// <summary>A page that is open asks every few seconds, and would bury the traces that operators look for.</summary>
    private void LeaveOutOfTraces()
    {
        if (Context.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            span.IsAllDataRequested = false;
        }
    }

    private bool IsFromThePage(Session session) =>
        SameOrigin.IsSaidBy(Request) && SessionCookie.Equal(Request.Headers[CsrfHeader].ToString(), session.CsrfToken);
}

internal static class SessionExtensions
{
    private static readonly AuthorizationPolicy People =
        new AuthorizationPolicyBuilder(SessionHandler.SchemeName).RequireRole(ApiKeyRoles.Client, ApiKeyRoles.Operator).Build();

    private static readonly AuthorizationPolicy Operators =
        new AuthorizationPolicyBuilder(SessionHandler.SchemeName).RequireRole(ApiKeyRoles.Operator).Build();

    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SessionCookie>();
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, null);

        // The page reads with the public API, where a session counts as its key. What changes anything there asks for the key itself.
        builder.Services.Configure<AuthenticationSchemeOptions>(ApiKeyExtensions.SchemeName, options =>
            options.ForwardDefaultSelector = context => IsReadBySession(context.Request) ? SessionHandler.SchemeName : null);
    }

    /// <summary>For what the page's buttons do.</summary>
    public static TBuilder RequireSession<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(People);

    /// <summary>The same, for what only operators may do.</summary>
    public static TBuilder RequireOperatorSession<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Operators);

    private static bool IsReadBySession(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Authorization.Count == 0
        && request.Cookies.ContainsKey(SessionCookie.Name);
}
