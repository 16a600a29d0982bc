using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Waybill.ServiceDefaults.Authentication;

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
