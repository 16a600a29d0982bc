using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Runs the dashboard beside the application. Without it, resources run all the same.</summary>
internal sealed partial class DashboardHost(
    DashboardSettings settings,
    DashboardBundle bundle,
    ResourceServiceServer resourceService,
    ProcessGuard guard,
    ILogger<DistributedApplication> logger,
    ILoggerFactory loggers)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ILogger _output = loggers.CreateLogger("Aspire.Hosting.Dashboard");
    private ResourceProcess? _process;

    public IEnumerable<(string Owner, int Port)> FixedPorts() => settings.IsAvailable
        ? new (string Owner, string? Url)[]
            {
                ("dashboard (ASPNETCORE_URLS)", settings.FrontendUrl),
                ("dashboard (ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL)", settings.OtlpUrl),
                ("dashboard (ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL)", settings.OtlpHttpUrl),
            }
            .Where(address => address.Url is not null)
            .Select(address => (address.Owner, new Uri(address.Url!).Port))
        : [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!settings.IsAvailable)
        {
            if (!settings.IsDisabled)
            {
                Log.NotInstalled(logger, DashboardBundle.PackageName);
            }

            return;
        }

        await bundle.UnpackAsync(cancellationToken).ConfigureAwait(false);
        var resourceServiceUrl = await resourceService.StartAsync(cancellationToken).ConfigureAwait(false);

        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = ResourceProcess.Start(Plan(resourceServiceUrl), (line, _) => Read(line, listening));
        guard.Add(_process.Id);

        await Task.WhenAny(listening.Task, _process.Exited, Task.Delay(StartTimeout, cancellationToken)).ConfigureAwait(false);
        Announce(listening.Task.IsCompleted);
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            await process.EndAsync(Grace).ConfigureAwait(false);
            guard.Remove(process.Id);
            process.Dispose();
        }

        await resourceService.StopAsync().ConfigureAwait(false);
    }

    private void Read(string line, TaskCompletionSource listening)
    {
        Log.Output(_output, line);

        if (line.Contains("Now listening on:", StringComparison.Ordinal))
        {
            listening.TrySetResult();
        }
    }

    private void Announce(bool isListening)
    {
        if (!isListening)
        {
            Log.NotStarted(logger);
            return;
        }

        Log.Listening(logger, settings.FrontendUrl);

        if (!settings.IsAnonymous)
        {
            Log.Login(logger, settings.FrontendUrl, settings.BrowserToken);
        }
    }

    private ProcessPlan Plan(string resourceServiceUrl)
    {
        string[] arguments = Path.GetFileName(settings.Program).StartsWith("aspire-managed", StringComparison.Ordinal) ? ["dashboard"] : [];
        var isAssembly = Path.GetExtension(settings.Program) == ".dll";

        return new ProcessPlan(
            isAssembly ? Programs.Dotnet() : settings.Program,
            isAssembly ? ["exec", settings.Program] : arguments,
            Path.GetDirectoryName(settings.Program)!,
            DashboardEnvironment.Create(settings, resourceServiceUrl));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "No dashboard: the npm package {Package} is not installed (npm ci in the folder with package.json), "
            + "nor is ASPIRE_DASHBOARD_PATH set. What resources print follows here.")]
        public static partial void NotInstalled(ILogger logger, string package);

        [LoggerMessage(2, LogLevel.Error,
            "The dashboard did not start; resources run all the same. Log category Aspire.Hosting.Dashboard says why at level Debug.")]
        public static partial void NotStarted(ILogger logger);

        [LoggerMessage(3, LogLevel.Information, "Now listening on: {Url}")]
        public static partial void Listening(ILogger logger, string url);

        [LoggerMessage(4, LogLevel.Information, "Login to the dashboard at {Url}/login?t={Token}")]
        public static partial void Login(ILogger logger, string url, string token);

        [LoggerMessage(5, LogLevel.Debug, "{Line}")]
        public static partial void Output(ILogger logger, string line);
    }
}
