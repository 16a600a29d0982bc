using System.Collections.Concurrent;
using System.Diagnostics;
using Waybill.EndToEnd.Tests.Application;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>
/// The AppHost as a process of its own, as it was built beside the test. A variable in its environment, which all it starts
/// inherits, tells afterwards which processes are still there.
/// </summary>
internal sealed class AppHostCommand : IAsyncDisposable
{
    private const string Marker = "WAYBILL_TEST_RUN";

    private const string Ready = "Waybill is ready";

    /// <summary>Of its report, and of what it says where it does not get ready.</summary>
    private const string LastLine = "Ctrl+C ends everything.";

    /// <summary>Where <c>dotnet run</c> starts it, too.</summary>
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "AppHost");

    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly CommandSettings _settings;
    private readonly Process _process;

    private AppHostCommand(CommandSettings settings)
    {
        _settings = settings;
        _process = Process.Start(StartInfo())!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Printed => string.Join(Environment.NewLine, _lines);

    public string ReceiverUrl => $"http://localhost:{_settings.Receiver}";

    /// <summary>With the local servers installed before: what it prints does not depend on which test is the first in a new clone.</summary>
    public static async Task<AppHostCommand> StartAsync(CommandSettings settings)
    {
        await LocalTools.EnsureInstalledAsync(Console.WriteLine);

        return new AppHostCommand(settings);
    }

    public static async Task<AppHostCommand> StartReadyAsync(CommandSettings settings)
    {
        var command = await StartAsync(settings);

        try
        {
            await command.SaysAllAsync();

            return command.Printed.Contains(Ready, StringComparison.Ordinal)
                ? command
                : throw new InvalidOperationException($"The AppHost does not get ready. It printed:{Environment.NewLine}{command.Printed}");
        }
        catch
        {
            await command.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has said that it is ready, or why it is not.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public Task SaysAllAsync() => SaysAsync(LastLine);

    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public async Task SaysAsync(string text) =>
        await Eventually.BecomesAsync(
            () => Task.FromResult(Printed),
            printed => printed.Contains(text, StringComparison.Ordinal)
                || (_process.HasExited ? throw new InvalidOperationException($"The AppHost ended. It printed:{Environment.NewLine}{printed}") : false),
            Deadlines.Start);

    public WaybillClient CreateClient() =>
        new(new Uri($"http://localhost:{_settings.Intake}"), new Uri($"http://localhost:{_settings.Status}"));

    /// <summary>Ids of all processes of this run that are alive.</summary>
    public IReadOnlyList<int> Processes() => ProcessTable.WithVariable(Marker, _run);

    /// <summary>Those of them that have this part in their command line.</summary>
    public IReadOnlyList<int> Processes(string part) =>
        [.. Processes().Where(id => ProcessTable.Describe([id]).Contains(part, StringComparison.Ordinal))];

    /// <summary>Ctrl+C.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <param name="signal">Such as TERM.</param>
    public Task SignalAsync(string signal) => ProcessTable.SignalAsync(signal, Id);

    public void Kill() => _process.Kill();

    public async Task<int> ExitCodeAsync()
    {
        using var deadline = new CancellationTokenSource(Deadlines.State);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async Task AllEndedAsync() =>
        await Eventually.BecomesAsync(() => Task.FromResult(ProcessTable.Describe(Processes())), alive => alive.Length == 0, Deadlines.State);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        try
        {
            await AllEndedAsync();
        }
        catch (TimeoutException)
        {
            // The test fails; what it found to stay does not stay on the machine.
            foreach (var id in Processes())
            {
                await ProcessTable.SignalAsync("KILL", id);
            }

            throw;
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }

    private ProcessStartInfo StartInfo()
    {
        // A test run in the background ignores Ctrl+C, and what it starts inherits that: env takes it back.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", .. _settings.Wrapper, "dotnet", "exec", typeof(Projects.AppHost).Assembly.Location])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        _settings.ApplyTo(start);

        start.Environment[Marker] = _run;
        return start;
    }
}
