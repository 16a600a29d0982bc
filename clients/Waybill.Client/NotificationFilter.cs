using System.Globalization;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;

namespace Waybill.Client;

/// <summary>Which notifications a list or an export has; what is null lets everything through.</summary>
public sealed record NotificationFilter
{
    /// <summary>
    /// Created then or later; a day before <see cref="To"/> unless given, and any time with a correlation id. Without one at most 31 days
    /// before it; 366 in an export, and in a list of failures.
    /// </summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Created before; now unless given.</summary>
    public DateTimeOffset? To { get; init; }

    public NotificationStatus? Status { get; init; }

    /// <summary>True: what will not change any more. False: what is open, FAILED that waits for a retry too.</summary>
    public bool? Final { get; init; }

    /// <summary>Of the last result.</summary>
    public DeliveryCategory? Category { get; init; }

    /// <summary>Host of the URL, with its port or without.</summary>
    public string? Host { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>Of events of this tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>Of events, to this endpoint.</summary>
    public string? EndpointId { get; init; }

    /// <summary>Of events of exactly this type.</summary>
    public string? EventType { get; init; }

    /// <summary>For operators: whose. Others see their own only.</summary>
    public string? Owner { get; init; }

    /// <summary>Items of one page of a list, 1–200; 50 unless given. An export has no pages.</summary>
    public int? Limit { get; init; }

    internal string ToListQuery(string? cursor) =>
        QueryText.Of([.. Parameters(), ("limit", Limit?.ToString(CultureInfo.InvariantCulture)), ("cursor", cursor)]);

    internal string ToExportQuery(ExportFormat format) => QueryText.Of([.. Parameters(), ("format", format.Text())]);

    private IEnumerable<(string Name, string? Value)> Parameters() =>
    [
        ("from", Time(From)),
        ("to", Time(To)),
        ("status", Status?.Text()),
        ("final", Final switch { true => "true", false => "false", null => null }),
        ("category", Category?.Text()),
        ("host", Host),
        ("correlationId", CorrelationId),
        ("tenant", Tenant),
        ("endpoint", EndpointId),
        ("eventType", EventType),
        ("owner", Owner),
    ];

    private static string? Time(DateTimeOffset? time) => time is { } given ? Rfc3339.Text(given) : null;
}

/// <param name="Items">Newest first, of failures the newest failure; may be fewer than asked for, even none, while there is a cursor.</param>
/// <param name="Cursor">Leads to the next page; null when there is nothing more.</param>
/// <param name="Unreadable">Notifications of this page that are stored, but cannot be read, whatever the filter; null when there are none.</param>
/// <param name="Examined">How many notifications were read to find these; null where an index has exactly what was asked.</param>
public sealed record NotificationPage(
    IReadOnlyList<NotificationView> Items,
    string? Cursor,
    IReadOnlyList<UnreadableNotification>? Unreadable = null,
    int? Examined = null);

/// <param name="Reason">For people: what is wrong with it.</param>
public sealed record UnreadableNotification(string Id, string Reason);
