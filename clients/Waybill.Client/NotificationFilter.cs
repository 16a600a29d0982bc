using System.Globalization;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;

namespace Waybill.Client;

/// <summary>Which notifications a list has; what is null lets everything through.</summary>
public sealed record NotificationFilter
{
    /// <summary>Created then or later; a day before <see cref="To"/> unless given, at most 31 days before it.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Created before; now unless given.</summary>
    public DateTimeOffset? To { get; init; }

    public NotificationStatus? Status { get; init; }

    /// <summary>Host of the URL, with its port or without.</summary>
    public string? Host { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>Items of one page, 1–200; 50 unless given.</summary>
    public int? Limit { get; init; }

    internal string ToQuery(string? cursor)
    {
        (string Name, string? Value)[] parameters =
        [
            ("from", Time(From)),
            ("to", Time(To)),
            ("status", Status?.Text()),
            ("host", Host),
            ("correlationId", CorrelationId),
            ("limit", Limit?.ToString(CultureInfo.InvariantCulture)),
            ("cursor", cursor),
        ];

        return string.Join('&', parameters.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));
    }

    private static string? Time(DateTimeOffset? time) => time is { } given ? Rfc3339.Text(given) : null;
}

/// <param name="Items">Newest first; may be fewer than asked for, even none, while there is a cursor.</param>
/// <param name="Cursor">Leads to the next page; null when there is nothing more.</param>
/// <param name="Unreadable">Notifications of this page that are stored, but cannot be read, whatever the filter; null when there are none.</param>
public sealed record NotificationPage(IReadOnlyList<NotificationView> Items, string? Cursor, IReadOnlyList<UnreadableNotification>? Unreadable = null);

/// <param name="Reason">For people: what is wrong with it.</param>
public sealed record UnreadableNotification(string Id, string Reason);
