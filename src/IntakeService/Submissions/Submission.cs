using Waybill.Notifications.Records;

namespace Waybill.IntakeService.Submissions;

/// <summary>What a client asked for, checked, with defaults filled in.</summary>
public sealed record Submission
{
    public required NotificationRequest Request { get; init; }

    /// <summary>Seconds for one whole attempt, 1–30.</summary>
    public required int TimeoutSeconds { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>Seconds between attempts; null for the default.</summary>
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>As the client gave it, in whole milliseconds; a time that has passed means now. Null for now.</summary>
    public DateTimeOffset? DeliverAt { get; init; }

    /// <summary>Whether the owner is to be told when it is delivered.</summary>
    public bool Notify { get; init; }
}
