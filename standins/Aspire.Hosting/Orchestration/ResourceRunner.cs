using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>The life of one resource: wait, start, watch, end; and again when it is restarted.</summary>
internal sealed partial class ResourceRunner(
    IResource resource,
    ProcessPlanner planner,
    PortAllocator ports,
    ProcessGuard guard,
    HealthMonitor health,
    OutputForwarder output,
    ResourceSnapshots snapshots,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    ILogger<DistributedApplication> logger)
{
    /// <summary>From SIGTERM to SIGKILL: long enough for a service to finish what it has taken on.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private const int LastLines = 20;

    private readonly Lock _lock = new();
    private CancellationTokenSource _stop = new();
    private Task _life = Task.CompletedTask;

    public Task AnnounceAsync() => PublishAsync(snapshots.NotStarted);

    /// <summary>Does nothing while it lives already.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_life.IsCompleted)
            {
                _stop.Dispose();
                _stop = new CancellationTokenSource();
                var stopping = _stop.Token;
                _life = Task.Run(() => LiveAsync(stopping), CancellationToken.None);
            }
        }
    }

    /// <summary>Returns once the process has ended, and all that it has started.</summary>
    public async Task StopAsync()
    {
        Task life;

        lock (_lock)
        {
            _stop.Cancel();
            life = _life;
        }

        await life.ConfigureAwait(false);
    }

    private async Task LiveAsync(CancellationToken stopping)
    {
        try
        {
            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Waiting }).ConfigureAwait(false);
            await notifications.WaitForDependenciesAsync(resource, stopping).ConfigureAwait(false);

            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Starting }).ConfigureAwait(false);
            var plan = await planner.PlanAsync(resource, stopping).ConfigureAwait(false);
            var urls = await snapshots.UrlsAsync(resource, stopping).ConfigureAwait(false);

            await RunAsync(plan, urls, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped while it waited, which is no failure.
            await PublishAsync(snapshots.NotStarted).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logs.Write(resource, exception.Message, isError: true);
            Log.FailedToStart(logger, resource.Name, exception.Message);
            await PublishAsync(snapshots.FailedToStart).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(ProcessPlan plan, ImmutableArray<UrlSnapshot> urls, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        ports.Release(resource);

        using var process = ResourceProcess.Start(plan, (text, isError) => logs.Write(resource, text, isError));
        guard.Add(process.Id);

        await PublishAsync(snapshot => snapshots.Running(snapshot, resource, plan, urls, process.Id)).ConfigureAwait(false);
        await WatchAsync(process, stopping).ConfigureAwait(false);

        var exitCode = await process.CompleteAsync().ConfigureAwait(false);
        guard.Remove(process.Id);

        if (exitCode != 0 && !stopping.IsCancellationRequested)
        {
            ReportExit(exitCode);
        }

        await PublishAsync(snapshot => snapshots.Finished(snapshot, exitCode)).ConfigureAwait(false);
    }

    private async Task WatchAsync(ResourceProcess process, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var checking = health.WatchAsync(resource, ended.Token);

        try
        {
            await process.Exited.WaitAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Stopping }).ConfigureAwait(false);
            await process.EndAsync(Grace).ConfigureAwait(false);
        }

        await ended.CancelAsync().ConfigureAwait(false);
        await checking.ConfigureAwait(false);
    }

    private void ReportExit(int exitCode)
    {
        var lines = output.IsActive ? [] : logs.Tail(resource, LastLines).Select(line => $"{Environment.NewLine}  {line.Content}");
        Log.Exited(logger, resource.Name, exitCode, string.Concat(lines));
    }

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.PublishUpdateAsync(resource, change);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Resource '{Resource}' failed to start: {Problem}")]
        public static partial void FailedToStart(ILogger logger, string resource, string problem);

        [LoggerMessage(2, LogLevel.Error, "Resource '{Resource}' ended with exit code {ExitCode}.{LastLines}")]
        public static partial void Exited(ILogger logger, string resource, int exitCode, string lastLines);
    }
}
