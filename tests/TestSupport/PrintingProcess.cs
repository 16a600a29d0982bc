using System.Collections.Concurrent;
using System.Diagnostics;

namespace Waybill.TestSupport;

/// <summary>A program in a process of its own, and all lines that it prints. Ended by its id, with those that it has started.</summary>
public sealed class PrintingProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    private PrintingProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Lines => _lines;

    /// <param name="assembly">The file that is run, as it was built beside the test.</param>
    /// <inheritdoc cref="StartAsync(ProcessStartInfo, Func{string, bool})"/>
    public static Task<PrintingProcess> StartAsync(string assembly, string[] arguments, Func<string, bool> isReady, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", assembly, .. arguments]);

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return StartAsync(start, isReady);
    }

    /// <param name="isReady">Whether a line that it prints says that it can be used.</param>
    /// <exception cref="InvalidOperationException">It ended before that; the message has what it printed.</exception>
    public static async Task<PrintingProcess> StartAsync(ProcessStartInfo start, Func<string, bool> isReady)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var process = new PrintingProcess(start);

        try
        {
            await process.PrintsAsync(isReady);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for such a line.</summary>
    /// <exception cref="InvalidOperationException">It ended without; the message has what it printed.</exception>
    public Task PrintsAsync(Func<string, bool> isExpected) => Eventually.BecomesAsync(
        () => Task.FromResult(string.Join('\n', _lines)),
        printed => printed.Split('\n').Any(isExpected) ? true : _process.HasExited ? throw new InvalidOperationException($"It ended: {printed}") : false);

    public Task EndsAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }
}
