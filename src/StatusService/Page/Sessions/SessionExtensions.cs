using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Waybill.ServiceDefaults.Authentication;

namespace Waybill.StatusService.Page.Sessions;

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
