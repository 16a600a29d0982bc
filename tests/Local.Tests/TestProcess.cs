using System.Diagnostics;
using Waybill.TestSupport;

namespace Waybill.Local.Tests;

/// <summary>A process that a test started: its lines can be waited for, and it is gone at the end.</summary>
public sealed class TestProcess : IDisposable
{
    private readonly Process _process;

    private TestProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static TestProcess Start(string program, params string[] arguments) =>
        new(Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);

    /// <summary>This test assembly's Program.cs.</summary>
    public static TestProcess StartOwn(params string[] arguments) =>
        Start("dotnet", [typeof(TestProcess).Assembly.Location, .. arguments]);

    /// <returns>The first line that holds the text.</returns>
    public async Task<string> LineWithAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);

        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The process ended without a line that holds '{text}'.");
    }

    public async Task<int> ExitCodeAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public void CloseInput() => _process.StandardInput.Close();

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
