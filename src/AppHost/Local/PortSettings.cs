using Microsoft.Extensions.Configuration;
using Waybill.LocalAws;

namespace Waybill.AppHost.Local;

/// <summary>
/// The fixed local ports, each overridable: <c>Ports:Intake</c> (5101), <c>Ports:Status</c> (5102), <c>Ports:StatusInternal</c> (5112),
/// <c>Ports:Receiver</c> (5199), <c>Ports:Dashboard</c> (18888), <c>Ports:Otlp</c> (18889).
/// </summary>
internal static class PortSettings
{
    public static int Port(this IDistributedApplicationBuilder builder, string name, int standard) =>
        Configured(builder.Configuration, name) ?? standard;

    /// <summary>The dashboard's addresses come from the launch profile; a setting here goes before it.</summary>
    public static void UsePortSettings(this IDistributedApplicationBuilder builder)
    {
        Override(builder.Configuration, "Dashboard", "ASPNETCORE_URLS");
        Override(builder.Configuration, "Otlp", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL");
    }

    private static void Override(IConfiguration configuration, string name, string setting)
    {
        if (Configured(configuration, name) is { } port)
        {
            configuration[setting] = $"http://localhost:{port}";
        }
    }

    private static int? Configured(IConfiguration configuration, string name)
    {
        var text = configuration[$"Ports:{name}"];

        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return int.TryParse(text, out var port) && port is > 0 and < 65536
            ? port
            : throw new LocalToolsException($"Ports:{name} must be 1-65535, but is '{text}'.");
    }
}
