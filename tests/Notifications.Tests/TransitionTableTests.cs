using Waybill.Notifications.Transitions;

namespace Waybill.Notifications.Tests;

/// <summary>What must hold of the table as a whole. Single moves are tested on a real table, see StatusService.Tests.</summary>
public sealed class TransitionTableTests
{
    /// <summary>The whole state machine, typed a second time: a change of the table must be made in both places.</summary>
    private static readonly Dictionary<(FromState From, string Transition), string> Expected = new()
    {
        [(FromState.Absent, "Accept")] = "PENDING",
        [(FromState.Absent, "Refuse")] = "FAILED",
        [(FromState.Pending, "Hold")] = "PENDING",
        [(FromState.Pending, "Resume")] = "PENDING",
        [(FromState.Queued, "Hold")] = "PENDING",
        [(FromState.RetryDue, "Hold")] = "PENDING",
        [(FromState.LeaseExpired, "Hold")] = "PENDING",
        [(FromState.Pending, "Queue")] = "QUEUED",
        [(FromState.Pending, "RollBack")] = "previous",
        [(FromState.Pending, "Redispatch")] = "QUEUED",
        [(FromState.Pending, "Claim")] = "PROCESSING",
        [(FromState.Pending, "Abandon")] = "FAILED",
        [(FromState.Pending, "Cancel")] = "FAILED",
        [(FromState.Queued, "RollBack")] = "previous",
        [(FromState.Queued, "Redispatch")] = "QUEUED",
        [(FromState.Queued, "Claim")] = "PROCESSING",
        [(FromState.Queued, "Abandon")] = "FAILED",
        [(FromState.Queued, "Cancel")] = "FAILED",
        [(FromState.Processing, "Release")] = "QUEUED",
        [(FromState.Processing, "Succeed")] = "SUCCESS",
        [(FromState.Processing, "Retry")] = "FAILED",
        [(FromState.Processing, "Fail")] = "FAILED",
        [(FromState.LeaseExpired, "Redispatch")] = "QUEUED",
        [(FromState.LeaseExpired, "Claim")] = "PROCESSING",
        [(FromState.LeaseExpired, "Abandon")] = "FAILED",
        [(FromState.AwaitingRetry, "Redispatch")] = "QUEUED",
        [(FromState.AwaitingRetry, "Abandon")] = "FAILED",
        [(FromState.AwaitingRetry, "Cancel")] = "FAILED",
        [(FromState.RetryDue, "Claim")] = "PROCESSING",
        [(FromState.FailedFinal, "Redeliver")] = "PENDING",
        [(FromState.Success, "Redeliver")] = "PENDING",
        [(FromState.FailedFinal, "Told")] = "same",
        [(FromState.Success, "Told")] = "same",
    };

    public static TheoryData<FromState, string> EveryPair()
    {
        var pairs = new TheoryData<FromState, string>();

        foreach (var state in Enum.GetValues<FromState>())
        {
            foreach (var row in TransitionTable.All)
            {
                pairs.Add(state, row.Name);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Each_move_leads_where_it_should_or_does_not_exist(FromState from, string transition)
    {
        var row = TransitionTable.All.Single(row => row.Name == transition);
        var to = row.From.Contains(from) ? row.To?.Text() ?? (row.IsNote ? "same" : "previous") : null;

        Assert.Equal(Expected.GetValueOrDefault((from, transition)), to);
    }

    [Fact]
    public void What_a_worker_reports_is_fenced_by_its_lease() =>
        Assert.All(
            TransitionTable.All.Where(row => row.AskedBy.Contains(Asker.Worker) && row != TransitionTable.Claim),
            row => Assert.Equal(Fence.LeaseToken, row.Fence));

    [Fact]
    public void A_dispatch_is_fenced_by_the_due_time_that_was_read() => Assert.Equal(Fence.DueAt, TransitionTable.Redispatch.Fence);

    [Fact]
    public void That_an_owner_was_told_is_noted_of_the_end_that_was_read_and_changes_nothing_else()
    {
        Assert.Equal(Fence.DueAt, TransitionTable.Told.Fence);
        Assert.Equal([RecordField.DueAt], TransitionTable.Told.Writes);
        Assert.Equal([TransitionTable.Told], TransitionTable.All.Where(row => row.IsNote));
    }

    [Fact]
    public void What_is_decided_on_a_record_that_was_read_is_fenced_by_its_version() =>
        Assert.All(
            [TransitionTable.RollBack, TransitionTable.Hold, TransitionTable.Resume, TransitionTable.Abandon, TransitionTable.Cancel, TransitionTable.Redeliver],
            row => Assert.Equal(Fence.Version, row.Fence));

    [Fact]
    public void What_ends_a_lease_without_its_result_or_release_puts_the_lost_attempt_into_the_history() =>
        Assert.All(
            [TransitionTable.Claim, TransitionTable.Hold, TransitionTable.Abandon, TransitionTable.Cancel, TransitionTable.Redeliver],
            row => Assert.Superset(new HashSet<RecordField> { RecordField.Lease, RecordField.History, RecordField.LastDeliveryAttempt }, row.Writes.ToHashSet()));

    [Fact]
    public void Nothing_but_a_redelivery_leaves_a_final_state()
    {
        FromState[] final = [FromState.Success, FromState.FailedFinal];

        Assert.Equal([TransitionTable.Redeliver], TransitionTable.All.Where(row => !row.IsNote && row.From.Intersect(final).Any()));
    }

    [Fact]
    public void Every_move_into_or_out_of_a_waiting_state_sets_when_it_is_due() =>
        Assert.All(
            TransitionTable.All.Where(row => row != TransitionTable.Accept && row != TransitionTable.Refuse && row != TransitionTable.Queue),
            row => Assert.Contains(RecordField.DueAt, row.Writes));

    [Fact]
    public void Names_are_unique_and_complete() =>
        Assert.Equal(
            ["Accept", "Refuse", "Queue", "RollBack", "Redispatch", "Claim", "Hold", "Resume", "Release", "Succeed", "Retry", "Fail", "Abandon", "Cancel", "Redeliver", "Told"],
            TransitionTable.All.Select(row => row.Name));
}
