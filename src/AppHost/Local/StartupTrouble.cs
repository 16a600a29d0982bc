using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Waybill.AppHost.Local;

/// <summary>
/// Tells of the first resource that ended before everything was ready, and of what is not ready yet. Aspire says nothing of either on the
/// console: whatever needs that resource would wait for it without a word.
/// </summary>
internal sealed class StartupTrouble(DistributedApplicationModel model, ResourceNotificationService notifications, ResourceLoggerService logs)
{
    private const int LinesShown = 20;

    /// <summary>For people: what is not ready, and why not, a line each.</summary>
    public IEnumerable<string> Waiting() =>
        from resource in model.Resources
        where resource is not ResourceGroup
        let seen = notifications.TryGetCurrentState(resource.Name, out var current) ? current.Snapshot : null
        where seen is not null && IsAwaited(seen)
        orderby resource.Name
        select $"  {resource.Name} is {seen.State?.Text ?? "not known yet"}{Reasons(seen)}";

    /// <returns>For people: what ended, and what it printed last. Does not return while nothing has.</returns>
    public async Task<string> FirstAsync(CancellationToken cancellationToken)
    {
        await foreach (var seen in notifications.WatchAsync(cancellationToken))
        {
            if (HasFailed(seen.Snapshot))
            {
                return await DescribeAsync(seen, cancellationToken);
            }
        }

        throw new OperationCanceledException(cancellationToken);
    }

    private static bool IsAwaited(CustomResourceSnapshot resource) => resource.State?.Text switch
    {
        null => true,
        var state when state == KnownResourceStates.Running => resource.HealthStatus is not HealthStatus.Healthy,
        var state => state != KnownResourceStates.NotStarted && !KnownResourceStates.TerminalStates.Contains(state),
    };

    private static string Reasons(CustomResourceSnapshot resource) =>
        string.Concat(resource.HealthReports.Where(report => report.Status is not HealthStatus.Healthy).Select(report => $"; {report.Description ?? report.Name}"));

    /// <summary>A program that has done its work ends too, with 0.</summary>
    private static bool HasFailed(CustomResourceSnapshot resource) =>
        resource.State?.Text is { } state
        && KnownResourceStates.TerminalStates.Contains(state)
        && !(state == KnownResourceStates.Finished && resource.ExitCode == 0);

    private async Task<string> DescribeAsync(ResourceEvent seen, CancellationToken cancellationToken)
    {
        var name = seen.Resource.Name;
        var end = seen.Snapshot.ExitCode is { } code ? $"ended with exit code {code}" : "did not start";
        var printed = await PrintedAsync(seen.ResourceId, cancellationToken);

        return $"{name} {end}, so Waybill does not get ready. It says:{Environment.NewLine}{string.Join(Environment.NewLine, printed.TakeLast(LinesShown))}";
    }

    private async Task<List<string>> PrintedAsync(string resourceId, CancellationToken cancellationToken)
    {
        var lines = new List<string>();

        await foreach (var batch in logs.GetAllAsync(resourceId).WithCancellation(cancellationToken))
        {
            lines.AddRange(batch.Select(line => $"  {WithoutTime(line.Content)}"));
        }

        return lines;
    }

    /// <summary>Aspire puts the time before each line.</summary>
    private static string WithoutTime(string line) =>
        line.Split(' ', 2) is [var first, var rest] && DateTimeOffset.TryParse(first, CultureInfo.InvariantCulture, out _) ? rest : line;
}
