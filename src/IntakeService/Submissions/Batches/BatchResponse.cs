using Microsoft.AspNetCore.Mvc;
using Waybill.Notifications.Records;

namespace Waybill.IntakeService.Submissions.Batches;

/// <summary>What became of each entry, in the order given.</summary>
internal sealed record BatchResponse(IReadOnlyList<BatchEntryResponse> Results);

/// <summary>Either id and status, or the problem that the notification would have been answered with alone.</summary>
internal sealed record BatchEntryResponse
{
    /// <summary>From 0.</summary>
    public required int Index { get; init; }

    public string? Id { get; init; }

    /// <summary>As for a notification posted alone: QUEUED, or PENDING; for a repeated key the status as it is now.</summary>
    public NotificationStatus? Status { get; init; }

    public ProblemDetails? Problem { get; init; }
}
