using Waybill.Notifications.Records;

namespace Waybill.Notifications.StatusApi;

/// <summary>What the status service did about a notification that the index says is due.</summary>
public abstract record DispatchOutcome
{
    private DispatchOutcome()
    {
    }

    /// <summary>It is marked, and to be sent now.</summary>
    /// <param name="Record">As it is then; its <see cref="NotificationRecord.PreviousStatus"/> is where it came from.</param>
    public sealed record Dispatched(NotificationRecord Record) : DispatchOutcome;

    /// <summary>One of its bounds is reached: it is FAILED for good.</summary>
    /// <param name="Record">As it is then; its result says why.</param>
    public sealed record Abandoned(NotificationRecord Record) : DispatchOutcome
    {
        /// <summary>For people.</summary>
        public string Reason => Record.DeliveryResult?.ErrorDetails?.Message ?? "";
    }

    /// <summary>Nothing is to be done: it has moved on since the index was written, or another Dispatcher was faster.</summary>
    /// <param name="Current">As it is; null when there is no such notification.</param>
    public sealed record MovedOn(NotificationRecord? Current) : DispatchOutcome;

    internal static DispatchOutcome Of(TransitionOutcome outcome) => outcome switch
    {
        { Applied: true, Record: { IsFinal: true } record } => new Abandoned(record),
        { Applied: true, Record: { } record } => new Dispatched(record),
        _ => new MovedOn(outcome.Record),
    };
}
