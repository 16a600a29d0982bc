using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>The OTEL_ variables of a resource.</summary>
/// <remarks>
/// Unlike the original it says nothing where nobody listens: an exporter then holds up the end of each service for 10 s,
/// which every test would pay for.
/// </remarks>
internal sealed class OtlpEnvironment(DashboardSettings settings, IHostEnvironment environment)
{
    private const string ExportIntervalMilliseconds = "1000";

    public async Task AddAsync(IResource resource, Dictionary<string, object> variables, CancellationToken cancellationToken)
    {
        var isWanted = resource.Annotations.OfType<OtlpExporterAnnotation>().Any();

        if (!isWanted || !await SomebodyListensAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = settings.OtlpUrl;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        variables["OTEL_SERVICE_NAME"] = resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={resource.Annotations.OfType<ResourceInstance>().Single().Id}";

        if (settings.IsAvailable && !settings.IsAnonymous)
        {
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={settings.OtlpApiKey}";
        }

        if (environment.IsDevelopment())
        {
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = ExportIntervalMilliseconds;
            variables["OTEL_BSP_SCHEDULE_DELAY"] = ExportIntervalMilliseconds;
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = ExportIntervalMilliseconds;
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        }
    }

    private async ValueTask<bool> SomebodyListensAsync(CancellationToken cancellationToken)
    {
        if (settings.IsAvailable)
        {
            return true;
        }

        var address = new Uri(settings.OtlpUrl);
        using var client = new TcpClient();

        try
        {
            await client.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
