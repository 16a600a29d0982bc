using Waybill.Notifications.Records;

namespace Waybill.IntakeService.Submissions;

/// <summary>The notification is stored and will be delivered.</summary>
public sealed record SubmissionResponse
{
    public required string Id { get; init; }

    /// <summary>
    /// QUEUED; or PENDING when it is scheduled, or when the queue could not take it just now or that could not be noted: it will be
    /// delivered all the same.
    /// For a repeated Idempotency-Key the status as it is now.
    /// </summary>
    public required NotificationStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>Only when it was asked for a time that had not passed.</summary>
    public DateTimeOffset? DeliverAt { get; init; }

    /// <summary>Where its status can be read.</summary>
    public required string StatusUrl { get; init; }

    public static SubmissionResponse Of(NotificationRecord record, string statusUrl) => new()
    {
        Id = record.Id,
        Status = record.Status,
        CreatedAt = record.CreatedAt,
        CorrelationId = record.CorrelationId,
        DeliverAt = record.DeliverAt,
        StatusUrl = statusUrl,
    };
}
