using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Waybill.ServiceDefaults.Health;

/// <summary>Unhealthy from the moment the process was asked to stop, so that no new traffic is routed to it.</summary>
internal sealed class DrainHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Unhealthy("The service is draining.")
            : HealthCheckResult.Healthy());
}

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
