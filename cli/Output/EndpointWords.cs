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
        string.Join("  ", Words.Time(endpoint.CreatedAt), endpoint.Id, endpoint.Status.Text(), endpoint.Url, string.Join(' ', endpoint.Types));

    public static string Details(EndpointView endpoint)
    {
        var text = new StringBuilder();

        text.AppendLine(CultureInfo.InvariantCulture, $"{endpoint.Id}  {endpoint.Status.Text()}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {endpoint.Url}");
        Words.Line(text, "tenant", endpoint.Tenant);
        Words.Line(text, "description", endpoint.Description);
        Words.Line(text, "types", string.Join(' ', endpoint.Types));

        foreach (var (name, value) in endpoint.Headers)
        {
            Words.Line(text, "header", $"{name}: {value}");
        }

        Words.Line(text, "timeout", string.Create(CultureInfo.InvariantCulture, $"{endpoint.TimeoutSeconds} s"));
        Words.Line(text, "retries", endpoint.RetrySchedule is { } schedule ? Schedule(schedule) : null);
        Words.Line(text, "version", endpoint.Version.ToString(CultureInfo.InvariantCulture));
        Words.Line(text, "created", Words.Time(endpoint.CreatedAt));
        Words.Line(text, "changed", Words.Time(endpoint.LastUpdatedAt));
        Words.Line(text, "last day", endpoint is EndpointDetails { LastDay: { } counts } ? Counts(counts) : null);
        Words.Line(text, "old secret", endpoint.OldSecretUntil is { } until ? $"valid until {Words.Time(until)}" : null);
        Words.Line(text, "secret", endpoint.Secret);

        return text.ToString().TrimEnd();
    }

    private static string Schedule(IReadOnlyList<int> pauses) => pauses.Count == 0 ? "none" : $"{string.Join(", ", pauses)} s";

    private static string Counts(EndpointCounts counts)
    {
        var least = counts.Complete ? "" : "at least ";
        return string.Create(CultureInfo.InvariantCulture, $"{least}{counts.Accepted:N0} notifications, {least}{counts.Failed:N0} failed for good");
    }
}
