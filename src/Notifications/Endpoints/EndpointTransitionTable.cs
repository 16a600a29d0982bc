using From = Waybill.Notifications.Endpoints.EndpointStatus;
using To = Waybill.Notifications.Endpoints.EndpointStatus;
using Write = Waybill.Notifications.Endpoints.EndpointField;

namespace Waybill.Notifications.Endpoints;

/// <summary>
/// What can be done to an endpoint, one row a change. The store builds each conditional write from a row, so a change that is not here
/// cannot be written. docs/architecture.md prints the same table.
/// </summary>
public static class EndpointTransitionTable
{
    /// <summary>Before the rows, which add themselves.</summary>
    private static readonly List<EndpointTransition> Rows = [];

    public static readonly EndpointTransition Create = Row("Create", [], To.Active, [Write.WholeRecord]);
    public static readonly EndpointTransition Change = Row("Change", [From.Active, From.Paused, From.Disabled], null, [Write.Url, Write.Description, Write.Types, Write.Headers, Write.TimeoutSeconds, Write.RetrySchedule, Write.MaxPerSecond]);
    public static readonly EndpointTransition RotateSecret = Row("RotateSecret", [From.Active, From.Paused, From.Disabled], null, [Write.Secrets]);
    public static readonly EndpointTransition Pause = Row("Pause", [From.Active, From.Paused], To.Paused, [Write.PausedUntil, Write.StatusSince, Write.Owed, Write.DueAt]);
    public static readonly EndpointTransition Resume = Row("Resume", [From.Paused], To.Active, [Write.PausedUntil, Write.StatusSince, Write.FailingSince, Write.Owed, Write.DueAt]);
    public static readonly EndpointTransition EndPause = Row("EndPause", [From.Paused], To.Active, [Write.PausedUntil, Write.StatusSince, Write.FailingSince, Write.DueAt], raisesVersion: false);
    public static readonly EndpointTransition Disable = Row("Disable", [From.Active, From.Paused, From.Disabled], To.Disabled, [Write.DisabledReason, Write.StatusSince, Write.PausedUntil, Write.FailingSince, Write.WarnedAt, Write.Probe, Write.Owed, Write.DueAt]);
    public static readonly EndpointTransition Enable = Row("Enable", [From.Disabled], To.Active, [Write.DisabledReason, Write.StatusSince, Write.FailingSince, Write.LastSuccessAt, Write.WarnedAt, Write.Probe, Write.Owed, Write.DueAt]);
    public static readonly EndpointTransition NoteFailing = Note("NoteFailing", [From.Active, From.Paused], [Write.FailingSince, Write.DueAt]);
    public static readonly EndpointTransition NoteWell = Note("NoteWell", [From.Active, From.Paused], [Write.FailingSince, Write.LastSuccessAt, Write.WarnedAt, Write.Owed, Write.DueAt]);
    public static readonly EndpointTransition Warn = Note("Warn", [From.Active, From.Paused], [Write.WarnedAt, Write.Owed, Write.DueAt]);
    public static readonly EndpointTransition Probe = Note("Probe", [From.Disabled], [Write.Probe, Write.DueAt]);
    public static readonly EndpointTransition Look = Note("Look", [From.Active, From.Paused, From.Disabled], [Write.Owed, Write.DueAt]);
    public static readonly EndpointTransition Delete = Row("Delete", [From.Active, From.Paused, From.Disabled], To.Deleted, [Write.Secrets, Write.Headers, Write.Owed, Write.DueAt, Write.ExpiresAt]);

    public static IReadOnlyList<EndpointTransition> All => Rows;

    /// <summary>What Waybill itself sees and does.</summary>
    private static EndpointTransition Note(string name, EndpointStatus[] from, EndpointField[] writes) => Row(name, from, to: null, writes, raisesVersion: false);

    private static EndpointTransition Row(string name, EndpointStatus[] from, EndpointStatus? to, EndpointField[] writes, bool raisesVersion = true)
    {
        var row = new EndpointTransition(name, from, to, writes, raisesVersion);
        Rows.Add(row);
        return row;
    }
}
