using System.Globalization;
using System.Text;
using Waybill.Client;
using Waybill.Notifications.Records;

namespace Waybill.Cli.Output;

/// <summary>Events in words.</summary>
internal static class EventWords
{
    public static string Published(PublishedEvent happened) => happened.Matched == 0
        ? $"{happened.Id} is stored; no endpoint of {happened.Tenant} takes {happened.Type}."
        : string.Create(CultureInfo.InvariantCulture, $"{happened.Id} is stored and will be delivered to {Endpoints(happened.Matched)}: waybill events get {happened.Id}");

    public static string Details(EventDetails happened)
    {
        var text = new StringBuilder();

        text.AppendLine(CultureInfo.InvariantCulture, $"{happened.Id}  {happened.Type}");
        Words.Line(text, "tenant", happened.Tenant);
        Words.Line(text, "created", Words.Time(happened.CreatedAt));
        Words.Line(text, "correlation", happened.CorrelationId);
        Words.Line(text, "deliver at", happened.DeliverAt is { } deliverAt ? Words.Time(deliverAt) : null);
        Words.Line(text, "payload", string.Create(CultureInfo.InvariantCulture, $"{happened.PayloadBytes:N0} bytes"));
        Words.Line(text, "matched", Endpoints(happened.Matched));

        foreach (var notification in happened.Notifications)
        {
            text.AppendLine("  " + Line(notification));
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>How many are over, for who waits.</summary>
    public static string Progress(EventDetails happened)
    {
        var over = happened.Notifications.Count(one => one.Final != false);
        return string.Create(CultureInfo.InvariantCulture, $"{happened.Id}: {over} of {happened.Matched} over");
    }

    private static string Line(EventNotification notification)
    {
        var line = string.Join("  ", notification.Id, notification.EndpointId, State(notification).PadRight(Words.StateWidth));

        return notification.AttemptsMade is { } attempts
            ? string.Create(CultureInfo.InvariantCulture, $"{line}  {attempts,2}  {notification.Url}{Waiting(notification)}")
            : line.TrimEnd();
    }

    /// <summary>The status; RETRYING for a FAILED one that waits for its next attempt.</summary>
    private static string State(EventNotification notification) => notification switch
    {
        { Status: null } => "not kept",
        { Final: false, Status: { } status } when status == NotificationStatus.Failed => "RETRYING",
        { Status: { } status } => status.Text(),
    };

    private static string Waiting(EventNotification notification) => notification.Waiting is { } waiting ? $"  {Words.Waiting(waiting)}" : "";

    private static string Endpoints(int number) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? "endpoint" : "endpoints")}");
}
