using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>What is listed. A filter that is null lets everything through.</summary>
internal sealed record ListQuery
{
    public required RecentCursor Start { get; init; }

    public required int Limit { get; init; }

    public NotificationStatus? Status { get; init; }

    /// <summary>The URL's host, with its port or without.</summary>
    public string? Host { get; init; }

    public string? CorrelationId { get; init; }

    public bool Takes(NotificationRecord record) =>
        (Status is null || record.Status == Status)
        && (CorrelationId is null || record.CorrelationId == CorrelationId)
        && (Host is null || UrlHost.Is(record.Url, Host));
}
