using System.Collections.Concurrent;
using System.Diagnostics;
using Waybill.TestSupport;

namespace Waybill.Packages.Tests;

/// <summary>A receiver of a newcomer's, as a process; ended by its id.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private Served(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Printed => string.Join('\n', _lines);

    /// <summary>Waits until it listens.</summary>
    public static async Task<Served> StartAsync(string folder, Uri url, string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        Tool.AsANewcomers(start, environment ?? new Dictionary<string, string>());
        start.Environment["ASPNETCORE_URLS"] = url.GetLeftPart(UriPartial.Authority);
        var served = new Served(Process.Start(start)!);

        try
        {
            await Eventually.BecomesAsync(() => Task.FromResult(served.Printed), printed =>
                printed.Contains("Now listening on", StringComparison.Ordinal)
                || (served._process.HasExited ? throw new InvalidOperationException($"It ended at its start: {printed}") : false));
            return served;
        }
        catch
        {
            await served.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
