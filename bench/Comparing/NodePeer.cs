using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Waybill.Bench.Measuring;
using Waybill.Bench.Systems;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.Bench.Comparing;

/// <summary>One of <c>bench/peers</c>: an intake and a worker in Node, each a process, which the emulators' own Node runs.</summary>
internal sealed class NodePeer : IContender
{
    private const string Contents = "what Waybill is compared with";

    private readonly IAsyncDisposable _backend;
    private readonly IReadOnlyDictionary<string, int> _backendProcesses;
    private readonly HttpClient _worker = new(new SocketsHttpHandler { UseProxy = false });
    private readonly List<LocalEmulator> _processes = [];

    private NodePeer(IAsyncDisposable backend, IReadOnlyDictionary<string, int> backendProcesses)
    {
        _backend = backend;
        _backendProcesses = backendProcesses;
    }

    public static string Folder { get; } = Path.Combine(Repository.Root, "bench", "peers");

    public Uri Intake => _processes[0].Endpoint;

    public double StartSeconds { get; private set; }

    public IReadOnlyList<ProcessUse> Own => [.. _processes.Zip(["intake", "worker"], (process, name) => ProcessUse.Read(name, process.ProcessId!.Value))];

    public IReadOnlyList<ProcessUse> Backends => [.. _backendProcesses.Select(process => ProcessUse.Read(process.Key, process.Value))];

    /// <summary>The same design, with the AWS SDK, on the same backends as Waybill.</summary>
    public static async Task<IContender> StartNodeAsync(BackendChoice choice, CancellationToken cancellationToken)
    {
        var backends = await Systems.Backends.StartAsync(choice, cancellationToken);
        return await new NodePeer(backends, backends.Processes).StartAsync("node", backends.Environment, cancellationToken);
    }

    /// <summary>BullMQ, on a Redis of its own that keeps nothing on disk, as the emulators do not.</summary>
    /// <param name="server">The program <c>redis-server</c>.</param>
    public static async Task<IContender> StartBullMqAsync(string server, CancellationToken cancellationToken)
    {
        var redis = await RedisServer.StartAsync(server, cancellationToken);
        var environment = new Dictionary<string, string> { ["REDIS_PORT"] = redis.Port.ToString(CultureInfo.InvariantCulture) };

        return await new NodePeer(redis, new Dictionary<string, int> { ["Redis"] = redis.ProcessId }).StartAsync("bullmq", environment, cancellationToken);
    }

    public async Task<double> FinishedAsync(CancellationToken cancellationToken) =>
        double.Parse(await _worker.GetStringAsync(new Uri(_processes[1].Endpoint, "/finished"), cancellationToken), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _worker.Dispose();

        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await _backend.DisposeAsync();
    }

    private async Task<IContender> StartAsync(string peer, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        try
        {
            await new NpmInstall(Folder, Contents, Console.Error.WriteLine).EnsureAsync(cancellationToken);
            var tools = await LocalTools.EnsureInstalledAsync(Console.Error.WriteLine, cancellationToken: cancellationToken);
            var started = Stopwatch.GetTimestamp();

            foreach (var program in new[] { "intake", "worker" })
            {
                _processes.Add(await LocalEmulator.StartOnFreePortAsync(port => Program(tools.Node, peer, program, port, environment), cancellationToken));
            }

            StartSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private static LocalEmulator Program(string node, string peer, string program, int port, IReadOnlyDictionary<string, string> environment) =>
        new($"{peer} {program}", port, "/health", () =>
        {
            var command = new ProcessStartInfo(node, [Path.Combine(peer, $"{program}.mjs")]) { WorkingDirectory = Folder };

            foreach (var (name, value) in environment)
            {
                command.Environment[name] = value;
            }

            command.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
            command.Environment["API_KEY"] = WaybillUnderTest.Key;
            command.Environment["SIGNING_SECRET"] = Convert.ToBase64String(SHA256.HashData("bench"u8));
            command.Environment["NODE_ENV"] = "production";
            return command;
        });
}
