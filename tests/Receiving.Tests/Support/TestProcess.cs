using System.Collections.Concurrent;
using System.Diagnostics;
using Waybill.TestSupport;

namespace Waybill.Receiving.Tests.Support;

/// <summary>A program in a process of its own, from an assembly that was built beside the test.</summary>
internal sealed class TestProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    private TestProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Lines => _lines;

    /// <param name="assembly">The file that is run.</param>
    /// <param name="isReady">Whether a line that it prints says that it can be used.</param>
    public static async Task<TestProcess> StartAsync(string assembly, string[] arguments, Func<string, bool> isReady, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new TestProcess(start);

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

    public Task PrintsAsync(Func<string, bool> isExpected) => Eventually.BecomesAsync(
        () => Task.FromResult(string.Join('\n', _lines)),
        printed => printed.Split('\n').Any(isExpected) ? true : _process.HasExited ? throw new InvalidOperationException($"It ended: {printed}") : false);

    public Task EndsAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
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
