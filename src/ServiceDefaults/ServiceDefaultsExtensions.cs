using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Health;
using Waybill.ServiceDefaults.Problems;
using Waybill.ServiceDefaults.Telemetry;

namespace Waybill.ServiceDefaults;

/// <summary>
/// What every service has: telemetry, health, problem details, API keys. Deliberately not here: a resilience handler and
/// service discovery on every HttpClient, which would repeat customers' requests unrecorded and resolve their URLs to internal names.
/// </summary>
public static class ServiceDefaultsExtensions
{
    /// <param name="telemetryNames">Activity sources and meters of the service's own.</param>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, params string[] telemetryNames)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(Random.Shared);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Bound();
        });
        builder.Services.Configure<SocketTransportOptions>(transport => transport.Bound());

        builder.AddTelemetry(telemetryNames);
        builder.AddHealth();
        builder.AddProblems();
        builder.AddApiKeys();

        return builder;
    }

    /// <summary>Middleware and endpoints that every service has; call it before mapping the service's own.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseRequestSpans();
        app.UseProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();

        return app;
    }
}
