using Waybill.Client.Retrying;
using Waybill.Notifications.Records;

namespace Waybill.Client;

/// <summary>Intake's answer: the event is stored and will be delivered to each endpoint that it matched, perhaps to none.</summary>
public sealed record PublishedEvent
{
    /// <summary>What receivers get as webhook-id.</summary>
    public required string Id { get; init; }

    public required string Type { get; init; }

    /// <summary>The owner's own id for its customer.</summary>
    public required string Tenant { get; init; }

    /// <summary>How many endpoints take it.</summary>
    public required int Matched { get; init; }

    public required IReadOnlyList<PublishedNotification> Notifications { get; init; }

    public required string StatusUrl { get; init; }
}

/// <param name="Status">As it was when intake answered: QUEUED or PENDING, or where a repeated one is now.</param>
public sealed record PublishedNotification(string Id, string EndpointId, NotificationStatus Status);

/// <summary>What became of one entry of a batch: either id and matches, or the problem it alone would have been answered with.</summary>
public sealed record EventBatchResult : IBatchResult<EventBatchResult>
{
    /// <summary>From 0, in the order given.</summary>
    public required int Index { get; init; }

    public string? Id { get; init; }

    /// <summary>How many endpoints take it.</summary>
    public int? Matched { get; init; }

    public WaybillProblem? Problem { get; init; }

    EventBatchResult IBatchResult<EventBatchResult>.At(int index) => this with { Index = index };
}

internal sealed record EventBatchResults(IReadOnlyList<EventBatchResult> Results);
