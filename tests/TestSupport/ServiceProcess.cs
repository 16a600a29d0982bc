using System.Diagnostics;
using Waybill.LocalAws;

namespace Waybill.TestSupport;

/// <summary>
/// One of the services as a process of its own, as it was built beside the test. Ended by its id; it also ends when the test
/// process is gone. Further ports it needs are the caller's, by way of its environment.
/// </summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(40);

    private readonly string _project;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private EmulatorProcess? _process;

    private ServiceProcess(string project, IReadOnlyDictionary<string, string> environment)
    {
        _project = project;
        _environment = environment;
        Url = new Uri($"http://127.0.0.1:{LoopbackPort.Pick()}");
    }

    public Uri Url { get; }

    public bool IsRunning => _process is not null;

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException($"{_project} does not run.");

    /// <summary>What it printed lately.</summary>
    public string Printed => _process?.Printed.ToString() ?? "";

    /// <param name="project">A folder below src, such as StatusService.</param>
    /// <exception cref="InvalidOperationException">It ended at its start; the message holds what it printed.</exception>
    public static async Task<ServiceProcess> StartAsync(string project, IReadOnlyDictionary<string, string> environment)
    {
        var service = new ServiceProcess(project, environment);

        try
        {
            await service.StartAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, again on the same port after a stop, and waits until it is healthy. Does nothing when it is running.</summary>
    public async Task StartAsync()
    {
        if (_process is not null)
        {
            return;
        }

        _process = EmulatorProcess.Start(Command());

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Url };
        await Eventually.BecomesAsync(() => IsHealthyAsync(http), healthy => healthy, StartDeadline);
    }

    /// <summary>SIGTERM, as a deployment does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        var process = _process ?? throw new InvalidOperationException($"{_project} does not run.");
        _process = null;
        return await process.EndAsync(StopDeadline);
    }

    /// <summary>SIGKILL, as a crash does.</summary>
    public async Task KillAsync()
    {
        var process = _process ?? throw new InvalidOperationException($"{_project} does not run.");
        _process = null;
        await process.KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await StopAsync();
        }
    }

    private ProcessStartInfo Command()
    {
        var command = new ProcessStartInfo("dotnet", ["exec", AssemblyOf(_project)])
        {
            WorkingDirectory = Path.GetDirectoryName(AssemblyOf(_project)),
        };

        foreach (var (name, value) in _environment)
        {
            command.Environment[name] = value;
        }

        command.Environment["ASPNETCORE_URLS"] = Url.ToString();
        command.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        // Whatever else it prints, it says where it listens.
        command.Environment["Logging__Console__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        return command;
    }

    /// <summary>Built in the same configuration as the test, which references the project for that.</summary>
    internal static string AssemblyOf(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!.Name;
        var path = Path.Combine(Repository.Root, "src", project, "bin", configuration, output.Name, project + ".dll");

        return File.Exists(path) ? path : throw new FileNotFoundException($"{project} is not built: reference it from the test project.", path);
    }

    private async Task<bool> IsHealthyAsync(HttpClient http)
    {
        if (_process!.HasExited)
        {
            await _process.DrainAsync();
            throw new InvalidOperationException($"{_project} ended at its start with exit code {_process.ExitCode}. It printed:{Environment.NewLine}{Printed}");
        }

        // Its own word that it listens is needed as well: the port might be served by a stranger.
        return await ServiceHealth.IsGoodAsync(http) && _process.Printed.Any(line => line.Contains($"Now listening on: {Url.GetLeftPart(UriPartial.Authority)}", StringComparison.Ordinal));
    }
}
