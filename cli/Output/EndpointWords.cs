using System.Globalization;
using System.Text;
using Waybill.Client;
using Waybill.Notifications.Endpoints;

namespace Waybill.Cli.Output;

/// <summary>Endpoints in words. Of the secret nothing, but in the answer that has it.</summary>
internal static class EndpointWords
{
    /// <summary>One line of a list.</summary>
    public static string Line(EndpointView endpoint) =>
        string.Join("  ", Words.Time(endpoint.CreatedAt), endpoint.Id, State(endpoint), endpoint.Url, string.Join(' ', endpoint.Types));

    /// <summary>One line of those that are not well.</summary>
    public static string UnwellLine(EndpointView endpoint) => string.Join(
        "  ",
        (endpoint.Since ?? endpoint.FailingSince) is { } since ? Words.Time(since) : "-",
        endpoint.Id,
        State(endpoint),
        endpoint.Tenant,
        endpoint.Url,
        endpoint.PausedUntil is { } until ? $"until {Words.Ahead(until)}" : endpoint.Reason ?? Outcome(endpoint.Trouble));

    /// <summary>The status; FAILING for an ACTIVE one whose attempts fail.</summary>
    public static string State(EndpointView endpoint) =>
        endpoint.Status == EndpointStatus.Active && endpoint.FailingSince is not null ? "FAILING" : endpoint.Status.Text();

    public static string Details(EndpointView endpoint)
    {
        var text = new StringBuilder();

        text.AppendLine(CultureInfo.InvariantCulture, $"{endpoint.Id}  {State(endpoint)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {endpoint.Url}");
        Words.Line(text, "since", endpoint.Since is { } since ? Words.Time(since) : null);
        Words.Line(text, "until", endpoint.PausedUntil is { } pausedUntil ? Words.Ahead(pausedUntil) : null);
        Words.Line(text, "reason", endpoint.Reason);
        Words.Line(text, "failing", endpoint.FailingSince is { } failing ? $"since {Words.Time(failing)}" : null);
        Words.Line(text, "trouble", endpoint.Trouble is { } trouble ? $"{Outcome(trouble)}  {trouble.NotificationId}  {Words.Time(trouble.At)}" : null);
        Words.Line(text, "last success", endpoint.LastSuccessAt is { } success ? Words.Time(success) : null);
        Words.Line(text, "tenant", endpoint.Tenant);
        Words.Line(text, "description", endpoint.Description);
        Words.Line(text, "types", string.Join(' ', endpoint.Types));

        foreach (var (name, value) in endpoint.Headers)
        {
            Words.Line(text, "header", $"{name}: {value}");
        }

        Words.Line(text, "timeout", string.Create(CultureInfo.InvariantCulture, $"{endpoint.TimeoutSeconds} s"));
        Words.Line(text, "retries", endpoint.RetrySchedule is { } schedule ? Schedule(schedule) : null);
        Words.Line(text, "at most", endpoint.MaxPerSecond is { } most ? string.Create(CultureInfo.InvariantCulture, $"{most} calls a second") : null);
        Words.Line(text, "version", endpoint.Version.ToString(CultureInfo.InvariantCulture));
        Words.Line(text, "created", Words.Time(endpoint.CreatedAt));
        Words.Line(text, "changed", Words.Time(endpoint.LastUpdatedAt));
        Words.Line(text, "last day", endpoint is EndpointDetails { LastDay: { } counts } ? Counts(counts) : null);
        Words.Line(text, "old secret", endpoint.OldSecretUntil is { } until ? $"valid until {Words.Time(until)}" : null);
        Words.Line(text, "secret", endpoint.Secret);

        return text.ToString().TrimEnd();
    }

    private static string Outcome(EndpointTrouble? trouble) => trouble is null ? "-" : trouble.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? trouble.Code ?? trouble.Category.Text();

    private static string Schedule(IReadOnlyList<int> pauses) => pauses.Count == 0 ? "none" : $"{string.Join(", ", pauses)} s";

    private static string Counts(EndpointCounts counts)
    {
        var least = counts.Complete ? "" : "at least ";
        return string.Create(CultureInfo.InvariantCulture, $"{least}{counts.Accepted:N0} notifications, {least}{counts.Failed:N0} failed for good");
    }
}
