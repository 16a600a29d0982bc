using Waybill.Notifications.Records;

namespace Waybill.Notifications.Transitions;

/// <summary>
/// One row of the state machine.
/// </summary>
/// <param name="AskedBy">Any of these.</param>
/// <param name="From">Any of these.</param>
/// <param name="To">Null: the record's previousStatus, or the status it has when there is none; of a note, the status it has.</param>
/// <param name="Writes">All it may write; the store refuses to build any other change.</param>
/// <param name="IsNote">It moves nothing: status and lastUpdatedAt stay, and nothing counts as having happened to the notification.</param>
public sealed record Transition(
    string Name,
    IReadOnlyList<Asker> AskedBy,
    IReadOnlyList<FromState> From,
    NotificationStatus? To,
    Fence Fence,
    IReadOnlyList<RecordField> Writes,
    bool IsNote = false)
{
    /// <summary>The status that all it starts from have; null where there are several, or none as yet.</summary>
    public NotificationStatus? OnlyFrom => From is [FromState.Pending] ? NotificationStatus.Pending
        : From is [FromState.Processing] ? NotificationStatus.Processing
        : null;

    /// <summary>Whether the record is where this row starts from, at <paramref name="now"/>.</summary>
    public bool AppliesTo(NotificationRecord record, DateTimeOffset now) => TransitionTable.StatesOf(record, now).Intersect(From).Any();

    public override string ToString() => Name;
}
