using System.Globalization;
using Waybill.Infra.Deployment;
using Waybill.Infra.Network;

namespace Waybill.Infra.Services;

/// <summary>Settings that all services have.</summary>
internal static class ServiceEnvironment
{
    public static Dictionary<string, string> Of(ServiceSpec spec, Settings settings) => new(spec.Environment)
    {
        ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://*:{Ports.Public}"),
        ["AWS_REGION"] = settings.Region,
        ["DOTNET_EnableDiagnostics"] = "0", // Its socket needs a /tmp to write to, and there is none.
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Otlp}"),
        ["OTEL_SERVICE_NAME"] = spec.Name.Text(),
        ["Logging__Console__FormatterName"] = "json",
        ["Logging__Console__LogLevel__Default"] = "Warning", // All of the log goes through the collector; the console is for when that fails.
    };
}
