using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Waybill.Bench.Measuring;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.Bench.Systems;

/// <summary>A service as a process of its own, with the probe inside that tells its live metrics.</summary>
internal sealed class MeasuredService : IAsyncDisposable
{
    private readonly ServiceProcess _process;
    private readonly int _probePort;
    private double _cpuOfEnded;

    private MeasuredService(string name, ServiceProcess process, int probePort)
    {
        Name = name;
        _process = process;
        _probePort = probePort;
    }

    public string Name { get; }

    public Uri Url => _process.Url;

    /// <summary>Its processes that ended included.</summary>
    public ProcessUse Use
    {
        get
        {
            var use = ProcessUse.Read(Name, _process.ProcessId);
            return use with { CpuMilliseconds = use.CpuMilliseconds + _cpuOfEnded };
        }
    }

    /// <param name="project">A folder below src.</param>
    public static async Task<MeasuredService> StartAsync(string project, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var probePort = LoopbackPort.Pick();
        var variables = new Dictionary<string, string>(environment)
        {
            ["DOTNET_STARTUP_HOOKS"] = BuiltProgram.Find("Probe", "Waybill.Bench.Probe"),
            ["WAYBILL_BENCH_PROBE_PORT"] = probePort.ToString(CultureInfo.InvariantCulture),
        };

        return new MeasuredService(project, await ServiceProcess.StartAsync(project, variables), probePort);
    }

    /// <summary>Totals since its start, by <c>name|tag|tag…</c>.</summary>
    public async Task<IReadOnlyDictionary<string, double>> ReadTotalsAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _probePort, cancellationToken);
        return (await JsonSerializer.DeserializeAsync<Dictionary<string, double>>(client.GetStream(), cancellationToken: cancellationToken))!;
    }

    /// <summary>SIGTERM, as a deployment does, and a new process in its place.</summary>
    public async Task RestartAsync()
    {
        _cpuOfEnded = Use.CpuMilliseconds;
        await _process.StopAsync();
        await _process.StartAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
