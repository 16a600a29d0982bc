using Waybill.Notifications.Endpoints;

namespace Waybill.Notifications.Tests.Endpoints;

/// <summary>What must hold of the table as a whole. The writes are tested on a real table, see StatusService.Tests.</summary>
public sealed class EndpointTransitionTableTests
{
    /// <summary>The whole state machine, typed a second time: a change of the table must be made in both places.</summary>
    private static readonly string[] Expected =
    [
        "Create:  -> ACTIVE writes WholeRecord",
        "Change: ACTIVE, PAUSED, DISABLED -> same writes Url, Description, Types, Headers, TimeoutSeconds, RetrySchedule, MaxPerSecond",
        "RotateSecret: ACTIVE, PAUSED, DISABLED -> same writes Secrets",
        "Pause: ACTIVE, PAUSED -> PAUSED writes PausedUntil, StatusSince, Owed, DueAt",
        "Resume: PAUSED -> ACTIVE writes PausedUntil, StatusSince, FailingSince, Owed, DueAt",
        "EndPause: PAUSED -> ACTIVE writes PausedUntil, StatusSince, FailingSince, DueAt",
        "Disable: ACTIVE, PAUSED, DISABLED -> DISABLED writes DisabledReason, StatusSince, PausedUntil, FailingSince, WarnedAt, Probe, Owed, DueAt",
        "Enable: DISABLED -> ACTIVE writes DisabledReason, StatusSince, FailingSince, LastSuccessAt, WarnedAt, Probe, Owed, DueAt",
        "NoteFailing: ACTIVE, PAUSED -> same writes FailingSince, DueAt",
        "NoteWell: ACTIVE, PAUSED -> same writes FailingSince, LastSuccessAt, WarnedAt, Owed, DueAt",
        "Warn: ACTIVE, PAUSED -> same writes WarnedAt, Owed, DueAt",
        "Probe: DISABLED -> same writes Probe, DueAt",
        "Look: ACTIVE, PAUSED, DISABLED -> same writes Owed, DueAt",
        "Delete: ACTIVE, PAUSED, DISABLED -> DELETED writes Secrets, Headers, Owed, DueAt, ExpiresAt",
    ];

    [Fact]
    public void Each_change_leads_where_it_should_and_writes_what_it_may() =>
        Assert.Equal(Expected, EndpointTransitionTable.All.Select(row => $"{row}: {string.Join(", ", row.From)} -> {row.To?.Text() ?? "same"} writes {string.Join(", ", row.Writes)}"));

    [Fact]
    public void Nothing_leads_away_from_deleted() => Assert.DoesNotContain(EndpointTransitionTable.All, row => row.From.Contains(EndpointStatus.Deleted));

    [Fact]
    public void What_ends_an_endpoint_takes_its_secrets_and_headers() =>
        Assert.All(
            EndpointTransitionTable.All.Where(row => row.To == EndpointStatus.Deleted),
            row => Assert.Superset(new HashSet<EndpointField> { EndpointField.Secrets, EndpointField.Headers, EndpointField.ExpiresAt }, row.Writes.ToHashSet()));

    [Fact]
    public void Each_field_is_written_by_some_row() =>
        Assert.Equal(Enum.GetValues<EndpointField>().Order(), EndpointTransitionTable.All.SelectMany(row => row.Writes).Distinct().Order());
}
