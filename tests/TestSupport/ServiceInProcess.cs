using System.Reflection;
using Microsoft.Extensions.Hosting;
using Waybill.LocalAws;

namespace Waybill.TestSupport;

/// <summary>
/// One of the services within the test's own process: for tests of what it does, not of its process, its memory or what it prints. It
/// starts in a fraction of the time, as what is compiled is compiled once. The test project references the service.
/// </summary>
/// <remarks>
/// The AWS SDK reads its endpoints from the environment, which a process has one of: services that run so share their backends.
/// </remarks>
public sealed class ServiceInProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly Lock EnvironmentLock = new();

    private readonly IHostApplicationLifetime _lifetime;
    private readonly Task _running;

    private ServiceInProcess(Uri url, IHostApplicationLifetime lifetime, Task running)
    {
        Url = url;
        _lifetime = lifetime;
        _running = running;
    }

    public Uri Url { get; }

    /// <summary>Returns once it is healthy.</summary>
    /// <param name="project">A folder below src, such as StatusService.</param>
    /// <param name="environment">Settings, named as environment variables, and those of the AWS SDK.</param>
    /// <exception cref="InvalidOperationException">It ended at its start; the message says why.</exception>
    public static async Task<ServiceInProcess> StartAsync(string project, IReadOnlyDictionary<string, string> environment)
    {
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.Pick()}");
        var program = Assembly.Load(project).EntryPoint!;
        UseForAws(environment);

        using var watch = new HostWatch();
        var running = Task.Factory.StartNew(() => watch.Run(program, Arguments(project, url, environment)), TaskCreationOptions.LongRunning);
        var lifetime = await BeforeItEnds(watch.Started, running, project);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };
        await Eventually.BecomesAsync(() => ServiceHealth.IsGoodAsync(http), healthy => healthy, StartDeadline);

        return new ServiceInProcess(url, lifetime, running);
    }

    /// <summary>As SIGTERM asks a process to.</summary>
    public async ValueTask DisposeAsync()
    {
        _lifetime.StopApplication();
        await _running;
    }

    private static async Task<T> BeforeItEnds<T>(Task<T> wanted, Task running, string project)
    {
        if (await Task.WhenAny(wanted, running).WaitAsync(StartDeadline) == running)
        {
            throw new InvalidOperationException($"{project} ended at its start: {running.Exception?.InnerException?.Message}", running.Exception);
        }

        return await wanted;
    }

    private static string[] Arguments(string project, Uri url, IReadOnlyDictionary<string, string> environment) =>
    [
        $"--applicationName={project}",
        $"--contentRoot={Path.GetDirectoryName(ServiceProcess.AssemblyOf(project))}",
        "--environment=Production",
        $"--urls={url}",
        "--Logging:LogLevel:Default=None",
        .. environment.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
    ];

    private static void UseForAws(IReadOnlyDictionary<string, string> environment)
    {
        lock (EnvironmentLock)
        {
            foreach (var (name, value) in environment.Where(setting => setting.Key.StartsWith("AWS_", StringComparison.Ordinal)))
            {
                if ((Environment.GetEnvironmentVariable(name) ?? value) != value)
                {
                    throw new InvalidOperationException($"Another service in this process has another {name}: start one of them as a ServiceProcess.");
                }

                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}
