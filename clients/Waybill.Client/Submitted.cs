using Waybill.Client.Retrying;
using Waybill.Notifications.Records;

namespace Waybill.Client;

/// <summary>Intake's answer: the notification is stored and will be delivered.</summary>
public sealed record Submitted
{
    public required string Id { get; init; }

    /// <summary>As it was when intake answered: QUEUED or PENDING, or where a repeated one is now.</summary>
    public required NotificationStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CorrelationId { get; init; }

    public DateTimeOffset? DeliverAt { get; init; }

    public required string StatusUrl { get; init; }
}

/// <summary>What became of one entry of a batch: either id and status, or the problem it alone would have been answered with.</summary>
public sealed record BatchResult : IBatchResult<BatchResult>
{
    /// <summary>From 0, in the order given.</summary>
    public required int Index { get; init; }

    public string? Id { get; init; }

    public NotificationStatus? Status { get; init; }

    public WaybillProblem? Problem { get; init; }

    BatchResult IBatchResult<BatchResult>.At(int index) => this with { Index = index };
}
