using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Waybill.ServiceDefaults.Authentication;

namespace Waybill.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string SuppressServerSpanTags = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    /// <summary>Of all of Waybill, with the commit it was built from.</summary>
    private static readonly string Version =
        typeof(TelemetryExtensions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static readonly string[] PlatformSources = ["Microsoft.AspNetCore", "System.Net.Http", "MassTransit"];

    private static readonly string[] PlatformMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "MassTransit", AuthenticationMetrics.MeterName];

    public static void AddTelemetry(this WebApplicationBuilder builder, string[] names)
    {
        // ASP.NET Core 10 names server spans and tags them by the semantic conventions only when asked to.
        AppContext.SetSwitch(SuppressServerSpanTags, false);

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddAttributes([new("service.version", Version)]))
            .WithMetrics(metrics => metrics.AddMeter([.. PlatformMeters, .. names]))
            .WithTracing(tracing => tracing.SetSampler(new WorkSampler()).AddSource([.. PlatformSources, .. names]));

        // Only where somebody listens: an exporter without a collector costs ten seconds at each shutdown.
        if (!string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]))
        {
            telemetry.UseOtlpExporter();
        }
    }
}
