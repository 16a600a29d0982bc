using System.Globalization;
using System.Text;
using Waybill.Notifications.Records;

namespace Waybill.Cli.Output;

/// <summary>Notifications in words.</summary>
internal static class Words
{
    /// <summary>Room for the longest state.</summary>
    public const int StateWidth = 10;

    /// <summary>UTC, to the millisecond, as the API says it.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The status; RETRYING for a FAILED one that waits for its next attempt.</summary>
    public static string State(NotificationView notification) =>
        notification.Status == NotificationStatus.Failed && notification.NextAttemptAt is not null ? "RETRYING" : notification.Status.Text();

    public static string Details(NotificationView notification)
    {
        var text = new StringBuilder();

        text.AppendLine(CultureInfo.InvariantCulture, $"{notification.Id}  {State(notification)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {notification.Method} {notification.Url}");
        Line(text, "created", Time(notification.CreatedAt));
        Line(text, "correlation", notification.CorrelationId);
        Line(text, "event", notification.EventId is { } happened ? $"{happened}  {notification.EventType}" : null);
        Line(text, "tenant", notification.Tenant);
        Line(text, "endpoint", notification.EndpointId);
        Line(text, "deliver at", notification.DeliverAt is { } deliverAt ? Time(deliverAt) : null);
        Line(text, "delivered", notification.DeliveredAt is { } deliveredAt ? Time(deliveredAt) : null);
        Line(text, "next attempt", notification.NextAttemptAt is { } nextAttemptAt ? Time(nextAttemptAt) : null);
        Line(text, "waits", notification.Waiting is { } waiting ? Waiting(waiting) : null);
        Line(text, "left out", notification.HistoryOmitted is { } omitted ? string.Create(CultureInfo.InvariantCulture, $"{omitted} attempts from the middle of the history") : null);
        Line(text, "trace", notification.TraceId);

        foreach (var attempt in notification.History)
        {
            text.AppendLine("  " + Attempt(attempt));
        }

        Line(text, "error", notification.DeliveryResult?.ErrorDetails?.Message);
        return text.ToString().TrimEnd();
    }

    /// <summary>One line of details; none where there is nothing to tell.</summary>
    public static void Line(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-12} {value}");
        }
    }

    /// <summary>The reason as it is, which may be one of a later release, and until when.</summary>
    public static string Waiting(NotificationWaiting waiting) =>
        waiting.Until is { } until ? $"{waiting.Reason} until {Ahead(until)}" : waiting.Reason;

    /// <summary>When, and how long that is from now.</summary>
    public static string Ahead(DateTimeOffset time) => $"{Time(time)} ({Left(time - DateTimeOffset.UtcNow)})";

    private static string Left(TimeSpan left) => left switch
    {
        _ when left <= TimeSpan.Zero => "any moment now",
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(left.TotalSeconds)} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(left.TotalMinutes)} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(left.TotalHours)} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(left.TotalDays)} d"),
    };

    public static string Attempt(HistoryEntry attempt)
    {
        var answer = attempt.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? attempt.ErrorCode ?? "-";
        var took = attempt.ResponseTime is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time:0.0} ms") : "no report";

        return string.Create(CultureInfo.InvariantCulture, $"attempt {attempt.Number,2}   {Time(attempt.StartedAt)}  {attempt.Category.Text(),-13}  {answer}  {took}");
    }
}
