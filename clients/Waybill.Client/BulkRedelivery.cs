using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Client;

/// <summary>Which notifications to deliver once more: those that have failed for good.</summary>
public sealed record BulkRedeliveryDraft
{
    /// <summary>Created then or later; at most 366 days before <see cref="To"/>.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Created before; not in the future.</summary>
    public required DateTimeOffset To { get; init; }

    public NotificationStatus Status { get; } = NotificationStatus.Failed;

    /// <summary>Host of the URL, with its port or without.</summary>
    public string? Host { get; init; }

    public DeliveryCategory? Category { get; init; }

    /// <summary>1–1,000; 50 unless given.</summary>
    public int? RatePerSecond { get; init; }
}

/// <summary>A bulk redelivery as it is now. It goes on by itself, also over restarts.</summary>
public sealed record BulkRedelivery
{
    public required string Id { get; init; }

    public required RedeliveryJobStatus Status { get; init; }

    /// <summary>Redeliveries a second, at most.</summary>
    public required int RatePerSecond { get; init; }

    public required RedeliveryCounts Counts { get; init; }

    /// <summary>How much of the window, by time, has been looked at: 0 to 1.</summary>
    public required double Progress { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
