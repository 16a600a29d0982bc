using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Waybill.EndToEnd.Tests.Application;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Tour;

/// <summary>The receiver that a document has its reader start, on a free port; its package is installed once, as is said there.</summary>
internal sealed class OwnReceiver : IAsyncDisposable
{
    private const string Installed = "samples/own-receiver/node_modules/standardwebhooks";

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    private OwnReceiver(string command, int port)
    {
        Port = port;
        _process = Shell.Start($"exec env {command}", ("PORT", port.ToString(CultureInfo.InvariantCulture)));
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
    }

    public int Port { get; }

    /// <param name="printed">The block that starts it.</param>
    /// <param name="port">Null for any that is free.</param>
    public static async Task<OwnReceiver> StartAsync(string printed, int? port = null)
    {
        var lines = printed.Split('\n');

        if (!Directory.Exists(Path.Combine(Repository.Root, Installed)))
        {
            await Shell.RunAsync(lines[0]);
        }

        var receiver = new OwnReceiver(lines[1], port ?? LoopbackPort.Pick());
        await receiver.PrintsAsync("waiting on");
        return receiver;
    }

    public Task PrintsAsync(string text) => Eventually.BecomesAsync(
        () => Task.FromResult(string.Join('\n', _lines)),
        printed => printed.Contains(text, StringComparison.Ordinal),
        Deadlines.State);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
