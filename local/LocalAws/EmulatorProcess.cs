using System.Diagnostics;

namespace Waybill.LocalAws;

/// <summary>A running emulator with its guard and what it printed lately.</summary>
internal sealed class EmulatorProcess
{
    private readonly Process _process;
    private readonly ParentGuard? _guard;

    private EmulatorProcess(Process process)
    {
        _process = process;
        _guard = ParentGuard.Watch(process);
        Id = process.Id;

        process.OutputDataReceived += (_, line) => Printed.Add(line.Data);
        process.ErrorDataReceived += (_, line) => Printed.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id { get; }

    public RecentLines Printed { get; } = new();

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static EmulatorProcess Start(ProcessStartInfo command)
    {
        command.RedirectStandardInput = true;
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;

        return new EmulatorProcess(Executable.Start(command));
    }

    /// <summary>Waits, once it has exited, until all that it printed is in <see cref="Printed"/>.</summary>
    public Task DrainAsync() => _process.WaitForExitAsync();

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(TimeSpan deadline)
    {
        Signal.RequestEnd(_process);
        using var expired = new CancellationTokenSource(deadline);

        try
        {
            await _process.WaitForExitAsync(expired.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        return await ReleaseAsync();
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await ReleaseAsync();
    }

    private async Task<int> ReleaseAsync()
    {
        await _process.WaitForExitAsync();
        var exitCode = _process.ExitCode;
        _guard?.Dispose();
        _process.Dispose();
        return exitCode;
    }
}
