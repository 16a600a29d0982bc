using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.ServiceDefaults.Authentication;

/// <summary><c>Authorization: Bearer &lt;api key&gt;</c>. The key itself is neither kept nor logged.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ApiKeyAuthenticator authenticator,
    ILoggerFactory logger,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    private ApiKeyJudgement? _judgement;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();

        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        _judgement = authenticator.Judge(header[Bearer.Length..].Trim(), Context.Connection.RemoteIpAddress);

        return Task.FromResult(_judgement.Caller is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName))
            : AuthenticateResult.Fail("The key is not accepted."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        AuthenticationMetrics.Refused(_judgement);

        if (_judgement?.ComeBackAfter is { } after)
        {
            return Problem.TooManyRequests(after, "Too many keys were tried in vain from this address.").ExecuteAsync(Context);
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem
            .Create(StatusCodes.Status401Unauthorized, "unauthorized", "Send a valid API key: 'Authorization: Bearer <api key>'.")
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem
            .Create(StatusCodes.Status403Forbidden, "forbidden", "This API key may not do that.")
            .ExecuteAsync(Context);
}

public static class ApiKeyExtensions
{
    /// <summary>The authentication scheme; where people sign in to a page, its requests are forwarded from here.</summary>
    public const string SchemeName = ApiKeyHandler.SchemeName;

    private static readonly AuthorizationPolicy Clients =
        new AuthorizationPolicyBuilder(ApiKeyHandler.SchemeName).RequireRole(ApiKeyRoles.Client, ApiKeyRoles.Operator).Build();

    private static readonly AuthorizationPolicy Operators =
        new AuthorizationPolicyBuilder(ApiKeyHandler.SchemeName).RequireRole(ApiKeyRoles.Operator).Build();

    private static readonly AuthorizationPolicy Services =
        new AuthorizationPolicyBuilder(ApiKeyHandler.SchemeName).RequireRole(ApiKeyRoles.Internal).Build();

    internal static void AddApiKeys(this WebApplicationBuilder builder)
    {
        var options = ApiKeyConfiguration.Read(builder.Configuration.GetSection(ApiKeyOptions.SectionName));

        builder.Services.AddSingleton<ApiKeyRing>();
        builder.Services.AddSingleton(_ => new FailureLimit(options.FailuresPerMinute));
        builder.Services.AddSingleton(services => new ApiKeyAuthenticator(services.GetRequiredService<ApiKeyRing>(), services.GetRequiredService<FailureLimit>()));
        builder.Services.AddAuthentication(ApiKeyHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        builder.Services.AddAuthorization();
    }

    /// <summary>For the public APIs: a client's or an operator's key.</summary>
    public static TBuilder RequireClientKey<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Clients);

    /// <summary>For what only operators may do.</summary>
    public static TBuilder RequireOperatorKey<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Operators);

    /// <summary>For calls between the services: the internal key.</summary>
    public static TBuilder RequireInternalKey<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Services);
}
