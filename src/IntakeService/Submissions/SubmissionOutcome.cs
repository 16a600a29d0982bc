using Waybill.Notifications.Records;

namespace Waybill.IntakeService.Submissions;

/// <summary>What became of a submission.</summary>
public abstract record SubmissionOutcome(string Id)
{
    /// <summary>It is stored and will be delivered.</summary>
    /// <param name="Record">With the status to tell the client.</param>
    /// <param name="Replayed">True when an earlier request with the same Idempotency-Key had stored it.</param>
    public sealed record Accepted(NotificationRecord Record, bool Replayed) : SubmissionOutcome(Record.Id);

    /// <summary>The Idempotency-Key belongs to an earlier request that asked for something else.</summary>
    public sealed record KeyReused(string Id) : SubmissionOutcome(Id);

    /// <summary>The table could not be reached.</summary>
    /// <param name="NothingWritten">False when it is not known whether the notification was stored.</param>
    public sealed record NotAccepted(string Id, bool NothingWritten) : SubmissionOutcome(Id);

    /// <summary>A record with its id cannot be read or written as it is: no other notification has that trouble.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Troubled(string Id, string Reason) : SubmissionOutcome(Id);
}
