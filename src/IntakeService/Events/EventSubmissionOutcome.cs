using Waybill.Notifications.Records;

namespace Waybill.IntakeService.Events;

/// <summary>What became of an event that was posted.</summary>
internal abstract record EventSubmissionOutcome(string Id)
{
    /// <summary>It is stored and will be delivered.</summary>
    /// <param name="Notifications">In the order of its endpoints, each with the status to tell the client.</param>
    /// <param name="Replayed">True when an earlier request with the same Idempotency-Key had stored it.</param>
    public sealed record Accepted(EventRecord Event, IReadOnlyList<NotificationRecord> Notifications, bool Replayed) : EventSubmissionOutcome(Event.Id);

    /// <summary>The Idempotency-Key belongs to an earlier request that asked for something else.</summary>
    public sealed record KeyReused(string Id) : EventSubmissionOutcome(Id);

    /// <summary>There is no such endpoint, of a test.</summary>
    public sealed record NoEndpoint(string Id) : EventSubmissionOutcome(Id);

    /// <summary>The table could not be reached.</summary>
    /// <param name="NothingWritten">False when it is not known whether the event was stored.</param>
    public sealed record NotAccepted(string Id, bool NothingWritten) : EventSubmissionOutcome(Id);

    /// <summary>An item of it cannot be read or written as it is.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Troubled(string Id, string Reason) : EventSubmissionOutcome(Id);
}
