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
        ["OwnReceiver"] = 5198,
        ["Dashboard"] = 18888,
        ["Otlp"] = 18889,
    };

    /// <summary>Not in use before somebody starts it, and docs/tour.md has it started by hand, too.</summary>
    private const string StartedLater = "OwnReceiver";

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
    /// <exception cref="LocalToolsException">One is in use, or two are the same.</exception>
    public static void CheckPortsAreFree(this IDistributedApplicationBuilder builder)
    {
        if (builder.TakesAnyPort())
        {
            return;
        }

        var ports = Standard.Keys.Select(name => (Name: name, Port: builder.FixedPort(name))).ToLookup(pair => pair.Port, pair => pair.Name);

        foreach (var names in ports)
        {
            if (names.Count() > 1)
            {
                throw new LocalToolsException($"{string.Join(" and ", names.Select(name => $"Ports:{name}"))} are both {names.Key}: give each one of its own.");
            }

            if (names.Single() != StartedLater)
            {
                CheckFree(names.Single(), names.Key);
            }
        }
    }

    /// <summary>Said by Aspire.Hosting.Testing.</summary>
    private static bool TakesAnyPort(this IDistributedApplicationBuilder builder) => builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false);

    private static int FixedPort(this IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Ports:{name}"] is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : Standard[name];

    /// <summary>The services listen on localhost: on both of its addresses, where there are two.</summary>
    private static void CheckFree(string name, int port)
    {
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            try
            {
                using var listener = new TcpListener(address, port);
                listener.Start();
            }
            catch (SocketException problem) when (problem.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                throw new LocalToolsException($"Port {port} (Ports:{name}) cannot be used: {problem.Message}. Give another one with Ports__{name}.", problem);
            }
            catch (SocketException) when (address.Equals(IPAddress.IPv6Loopback))
            {
                // A machine without IPv6.
            }
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
