using Waybill.Notifications.Records;
using Waybill.Notifications.Transitions;

namespace Waybill.Simulation.Model;

/// <summary>
/// The production table, asked about model states: which rows apply is <see cref="TransitionTable.StatesOf"/>'s word, and what a row
/// writes is held to its list.
/// </summary>
internal static class Rows
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>By transition, each the one that the table has, and by all of a state that the table looks at.</summary>
    private static Dictionary<Transition, bool[]> _byRow = [];

    /// <summary>Reads the table anew, as a deliberate bug may have changed it.</summary>
    public static void Read() => _byRow = TransitionTable.All.ToDictionary<Transition, Transition, bool[]>(row => row, AppliesTo, ReferenceEqualityComparer.Instance);

    public static bool Applies(Transition row, in ModelState state) => _byRow[row][Key(state)];

    /// <summary>What every row does: the status moves, and versions that others know have passed.</summary>
    public static ModelState Move(Transition row, in ModelState state)
    {
        var to = row.To ?? (row.IsNote ? null : state.PreviousStatus) ?? state.Status;
        return state with { Status = to, IntakeVersion = false, DispatcherVersion = false, Held = false };
    }

    public static ModelState SetDue(this ModelState state, Transition row, Moment due)
    {
        Expect(row, RecordField.DueAt);
        return state with { Due = due, DispatcherDue = false };
    }

    public static ModelState EndLease(this ModelState state, Transition row)
    {
        Expect(row, RecordField.Lease);
        return state with { Lease = LeaseHolder.None, LeaseEnded = false };
    }

    public static ModelState SetNextAttempt(this ModelState state, Transition row, Moment next)
    {
        Expect(row, RecordField.NextAttemptAt);
        return state with { NextAttempt = next };
    }

    public static void Expect(Transition row, RecordField field)
    {
        if (!row.Writes.Contains(field))
        {
            throw new InvalidOperationException($"{row} does not write {field}.");
        }
    }

    private static int Key(in ModelState state) =>
        (((ModelState.NumberOf(state.Status) * 4) + (int)state.Lease) * 2 + (state.LeaseEnded ? 1 : 0)) * 3 + (int)state.NextAttempt;

    private static bool[] AppliesTo(Transition row)
    {
        var applies = new bool[6 * 4 * 2 * 3];

        foreach (var state in EveryKind())
        {
            applies[Key(state)] = TransitionTable.StatesOf(RecordOf(state), Now).Any(row.From.Contains);
        }

        return applies;
    }

    private static IEnumerable<ModelState> EveryKind() =>
        from status in NotificationStatus.Known.Cast<NotificationStatus?>().Prepend(null)
        from lease in Enum.GetValues<LeaseHolder>()
        from ended in new[] { false, true }
        from next in Enum.GetValues<Moment>()
        select new ModelState { Status = status, Lease = lease, LeaseEnded = ended, NextAttempt = next };

    private static NotificationRecord? RecordOf(in ModelState state) => state.Status is not { } status ? null : new NotificationRecord
    {
        Id = "ntf",
        Owner = "alice",
        Status = status,
        Version = 1,
        Epoch = 0,
        Url = "",
        Method = "POST",
        TimeoutSeconds = 15,
        Attempts = 0,
        MaxAttempts = ModelRules.MaxAttempts,
        Claims = 0,
        CreatedAt = Now,
        LastUpdatedAt = Now,
        Fingerprint = "",
        NextAttemptAt = TimeOf(state.NextAttempt),
        Lease = state.Lease == LeaseHolder.None ? null : new Lease("token", "worker", Now, state.LeaseEnded ? Now : Now.AddSeconds(1)),
    };

    private static DateTimeOffset? TimeOf(Moment moment) => moment switch
    {
        Moment.Later => Now.AddSeconds(1),
        Moment.Come => Now,
        _ => null,
    };
}
