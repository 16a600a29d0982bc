using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs the health checks of a resource while its process lives.</summary>
internal sealed class HealthMonitor(HealthCheckService checks, ResourceNotificationService notifications)
{
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(15);

    public static IReadOnlyList<string> KeysOf(IResource resource) =>
        [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key)];

    /// <summary>The first check is made at once. Returns when cancelled, or at once if there are no checks.</summary>
    public async Task WatchAsync(IResource resource, CancellationToken cancellationToken)
    {
        var keys = KeysOf(resource);
        var failures = 0;

        while (keys.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                var healthy = await CheckAsync(resource, keys, cancellationToken).ConfigureAwait(false);
                failures = healthy ? 0 : failures + 1;
                await Task.Delay(healthy ? WhileHealthy : RetryDelay(failures), cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Quick while a start is likely under way, for others wait for it; once a second for what stays down.</summary>
    private static TimeSpan RetryDelay(int failures) => TimeSpan.FromMilliseconds(failures switch
    {
        <= 20 => 100,
        <= 100 => 250,
        _ => 1000,
    });

    private async Task<bool> CheckAsync(IResource resource, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(check => keys.Contains(check.Name), cancellationToken).ConfigureAwait(false);
        var now = DateTime.UtcNow;

        var reports = keys
            .Select(key => report.Entries.TryGetValue(key, out var entry)
                ? new HealthReportSnapshot(key, entry.Status, entry.Description, entry.Exception?.ToString())
                : new HealthReportSnapshot(key, HealthStatus.Unhealthy, "No health check is registered under this key.", null))
            .Select(report => report with { LastRunAt = now })
            .ToList();

        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { HealthReports = [.. reports] }).ConfigureAwait(false);
        return reports.TrueForAll(check => check.Status == HealthStatus.Healthy);
    }
}
