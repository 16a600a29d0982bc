using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Waybill.ServiceDefaults.Health;

internal static class HealthExtensions
{
    private const string Alive = "/alive";
    private const string Health = "/health";

    public static void AddHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<DrainHealthCheck>("drain");

    /// <summary><c>/alive</c>: the process answers. <c>/health</c>: it may take traffic; 503 while it drains or a check fails.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.Use(LeaveProbesOutOfTraces);
        app.MapHealthChecks(Alive, new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks(Health).AllowAnonymous().DisableHttpMetrics();
    }

    private static Task LeaveProbesOutOfTraces(HttpContext context, RequestDelegate next)
    {
        var isProbe = context.Request.Path == Alive || context.Request.Path == Health;

        if (isProbe && context.Features.Get<IHttpActivityFeature>()?.Activity is { } activity)
        {
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            activity.IsAllDataRequested = false;
        }

        return next(context);
    }
}
