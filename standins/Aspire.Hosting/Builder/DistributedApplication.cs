using System.Reflection;
using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly AppHostInterception? _interception;
    private bool _ended;

    public DistributedApplication(IHost host)
        : this(host, interception: null)
    {
    }

    internal DistributedApplication(IHost host, AppHostInterception? interception)
    {
        _host = host;
        _interception = interception;
    }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDistributedApplicationBuilder CreateBuilder() => Create([], Assembly.GetCallingAssembly());

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => Create(args, Assembly.GetCallingAssembly());

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        options.CallingAssembly ??= Assembly.GetCallingAssembly();
        return new DistributedApplicationBuilder(options);
    }

    public virtual Task StartAsync(CancellationToken cancellationToken = default) => _host.StartAsync(cancellationToken);

    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>Runs until Ctrl+C or SIGTERM. In a test it returns once the test has disposed the application.</summary>
    /// <remarks>What a person can put right, such as a port in use, is told in one line of the log, with exit code 1.</remarks>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_interception is not null)
        {
            await _interception.Disposed.ConfigureAwait(false);
            return;
        }

        var stopping = _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        try
        {
            await _host.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Ctrl+C or SIGTERM while it started: an end in order, though the host throws.
        }
        catch (DistributedApplicationException exception)
        {
            // The host has disposed its loggers by now.
            await Console.Error.WriteLineAsync($"The application did not start: {exception.Message}").ConfigureAwait(false);
            Environment.ExitCode = 1;
        }
        finally
        {
            _ended = true;
        }
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);

        if (_ended)
        {
            return;
        }

        _ended = true;

        try
        {
            await _host.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            await ((IAsyncDisposable)_host).DisposeAsync().ConfigureAwait(false);
            _interception?.MarkDisposed();
        }
    }

    private static DistributedApplicationBuilder Create(string[] args, Assembly caller) =>
        new(new DistributedApplicationOptions { Args = args, CallingAssembly = caller });
}
