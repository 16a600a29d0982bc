using Waybill.Notifications.Records;

namespace Waybill.Notifications.Transitions;

/// <summary>
/// One row of the state machine.
/// </summary>
/// <param name="From">Any of these.</param>
/// <param name="To">Null: the record's previousStatus, or the status it has when there is none.</param>
/// <param name="Writes">All it may write; the store refuses to build any other change.</param>
public sealed record Transition(
    string Name,
    Asker AskedBy,
    IReadOnlyList<FromState> From,
    NotificationStatus? To,
    Fence Fence,
    IReadOnlyList<RecordField> Writes)
{
    public override string ToString() => Name;
}
