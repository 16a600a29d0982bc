using System.Globalization;
using Microsoft.Extensions.Configuration;
using Waybill.LocalAws;

namespace Waybill.AppHost.Local;

/// <summary>The fixed local ports, each overridable by a setting <c>Ports:NAME</c>.</summary>
internal static class PortSettings
{
    private static readonly Dictionary<string, int> Standard = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Intake"] = 5101,
        ["Status"] = 5102,
        ["StatusInternal"] = 5112,
        ["Receiver"] = 5199,
        ["Dashboard"] = 18888,
        ["Otlp"] = 18889,
    };

    public static int Port(this IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Ports:{name}"] is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : Standard[name];

    /// <summary>The dashboard's address of a trace, with <c>{traceId}</c> in it.</summary>
    public static string TraceUrl(this IDistributedApplicationBuilder builder) =>
        string.Create(CultureInfo.InvariantCulture, $"http://localhost:{builder.Port("Dashboard")}/traces/detail/{{traceId}}");

    /// <summary>The dashboard's addresses come from the launch profile; a setting goes before it.</summary>
    /// <exception cref="LocalToolsException">A setting is unknown or no port.</exception>
    public static void UsePortSettings(this IDistributedApplicationBuilder builder)
    {
        foreach (var setting in builder.Configuration.GetSection("Ports").GetChildren())
        {
            Check(setting);
        }

        Override(builder, "Dashboard", "ASPNETCORE_URLS");
        Override(builder, "Otlp", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL");
    }

    private static void Check(IConfigurationSection setting)
    {
        if (!Standard.ContainsKey(setting.Key))
        {
            throw new LocalToolsException($"{setting.Path} is not a port of Waybill: {string.Join(", ", Standard.Keys)} are.");
        }

        if (!int.TryParse(setting.Value, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            throw new LocalToolsException($"{setting.Path} must be a port from 1 to 65535, but is '{setting.Value}'.");
        }
    }

    private static void Override(IDistributedApplicationBuilder builder, string name, string setting)
    {
        if (builder.Configuration[$"Ports:{name}"] is not null)
        {
            builder.Configuration[setting] = $"http://localhost:{builder.Port(name)}";
        }
    }
}
