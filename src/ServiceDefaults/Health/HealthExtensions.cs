using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Waybill.ServiceDefaults.Health;

public static class HealthExtensions
{
    private const string Alive = "/alive";
    private const string Health = "/health";

    public static bool IsProbe(PathString path) => path == Alive || path == Health;

    internal static void AddHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<DrainHealthCheck>("drain");

    /// <summary><c>/alive</c>: the process answers. <c>/health</c>: it may take traffic; 503 while it drains or a check fails.</summary>
    internal static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks(Alive, new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks(Health).AllowAnonymous().DisableHttpMetrics();
    }
}
