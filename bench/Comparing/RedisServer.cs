using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Waybill.LocalAws;

namespace Waybill.Bench.Comparing;

/// <summary>A Redis on a free loopback port, in memory alone.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(5);

    private readonly EmulatorProcess _process;

    private RedisServer(EmulatorProcess process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <returns>The program; null where it is not installed.</returns>
    public static string? Find() => Executable.Find("redis-server", Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <exception cref="InvalidOperationException">It ended, or does not answer within ten seconds.</exception>
    public static async Task<RedisServer> StartAsync(string program, CancellationToken cancellationToken)
    {
        var port = LoopbackPort.Pick();
        var redis = new RedisServer(EmulatorProcess.Start(new ProcessStartInfo(program, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])), port);

        for (var watch = Stopwatch.StartNew(); !await redis.ServesAsync(cancellationToken); await Task.Delay(Interval, cancellationToken))
        {
            if (redis._process.HasExited || watch.Elapsed > StartDeadline)
            {
                await redis.DisposeAsync();
                throw new InvalidOperationException($"redis-server does not serve: {redis._process.Printed}");
            }
        }

        return redis;
    }

    public async ValueTask DisposeAsync() => await _process.EndAsync(StopDeadline);

    private async Task<bool> ServesAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();

        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
