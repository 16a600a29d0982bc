using System.Globalization;
using System.Net;
using System.Net.Sockets;
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

    /// <summary>Null, any that is free, where a test asks for that.</summary>
    public static int? Port(this IDistributedApplicationBuilder builder, string name) =>
        builder.TakesAnyPort() ? null : builder.FixedPort(name);

    /// <summary>The dashboard's address of a trace, with <c>{traceId}</c> in it.</summary>
    public static string TraceUrl(this IDistributedApplicationBuilder builder) =>
        string.Create(CultureInfo.InvariantCulture, $"http://localhost:{builder.FixedPort("Dashboard")}/traces/detail/{{traceId}}");

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

    /// <summary>Aspire would start all the same, and whatever needs the port would wait without a word.</summary>
    /// <exception cref="LocalToolsException">One is in use.</exception>
    public static void CheckPortsAreFree(this IDistributedApplicationBuilder builder)
    {
        foreach (var name in Standard.Keys.Where(_ => !builder.TakesAnyPort()))
        {
            CheckFree(name, builder.FixedPort(name));
        }
    }

    /// <summary>Said by Aspire.Hosting.Testing.</summary>
    private static bool TakesAnyPort(this IDistributedApplicationBuilder builder) => builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false);

    private static int FixedPort(this IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Ports:{name}"] is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : Standard[name];

    private static void CheckFree(string name, int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException problem)
        {
            throw new LocalToolsException($"Port {port} (Ports:{name}) cannot be used: {problem.Message}. Give another one with Ports__{name}.", problem);
        }
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
            builder.Configuration[setting] = $"http://localhost:{builder.FixedPort(name)}";
        }
    }
}
