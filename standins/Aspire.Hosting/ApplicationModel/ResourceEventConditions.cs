using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

internal static class ResourceEventConditions
{
    public static bool HasEnded(this ResourceEvent update) =>
        KnownResourceStates.TerminalStates.Contains(update.Snapshot.State?.Text);

    public static bool Fulfils(this ResourceEvent update, WaitAnnotation wait) => wait.WaitType switch
    {
        WaitType.WaitUntilHealthy => update.Snapshot.HealthStatus == HealthStatus.Healthy,
        WaitType.WaitUntilStarted => update.Snapshot.State?.Text == KnownResourceStates.Running,
        _ => update.HasEnded() && update.Snapshot.ExitCode == wait.ExitCode,
    };

    /// <summary>
    /// It ended other than hoped for. Whether that counts is for the wait behaviour to say; for a completion it always does.
    /// </summary>
    public static bool MakesHopeless(this ResourceEvent update, WaitAnnotation wait, bool stopsOnUnavailable) =>
        update.HasEnded() && (stopsOnUnavailable || wait.WaitType == WaitType.WaitForCompletion) && !update.Fulfils(wait);

    public static string Describe(this ResourceEvent update) =>
        update.Snapshot.ExitCode is { } exitCode
            ? $"its state is '{update.Snapshot.State?.Text}', exit code {exitCode}"
            : $"its state is '{update.Snapshot.State?.Text}'";
}
