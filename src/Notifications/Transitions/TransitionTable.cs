using Waybill.Notifications.Records;
using From = Waybill.Notifications.Transitions.FromState;
using To = Waybill.Notifications.Records.NotificationStatus;
using Write = Waybill.Notifications.Transitions.RecordField;

namespace Waybill.Notifications.Transitions;

/// <summary>
/// The state machine: every move there is, one row a move. The store builds each conditional write from a row,
/// so a move that is not here cannot be written. docs/architecture.md prints the same table.
/// </summary>
public static class TransitionTable
{
    /// <summary>Before the rows, which add themselves.</summary>
    private static readonly List<Transition> Rows = [];

    public static readonly Transition Accept = Row("Accept", [Asker.Intake], [From.Absent], To.Pending, Fence.None, [Write.WholeRecord]);
    public static readonly Transition Refuse = Row("Refuse", [Asker.StatusService], [From.Absent], To.Failed, Fence.None, [Write.WholeRecord]);
    public static readonly Transition Queue = Row("Queue", [Asker.Intake], [From.Pending], To.Queued, Fence.None, [Write.QueuedAt, Write.Waiting]);
    public static readonly Transition RollBack = Row("RollBack", [Asker.Intake, Asker.Dispatcher], [From.Pending, From.Queued], null, Fence.Version, [Write.LastSendError, Write.DueAt, Write.Dispatches, Write.Waiting]);
    public static readonly Transition Redispatch = Row("Redispatch", [Asker.Dispatcher], [From.Pending, From.Queued, From.AwaitingRetry, From.LeaseExpired], To.Queued, Fence.DueAt, [Write.PreviousStatus, Write.QueuedAt, Write.DueAt, Write.Dispatches, Write.Waiting]);
    public static readonly Transition Claim = Row("Claim", [Asker.Worker], [From.Pending, From.Queued, From.RetryDue, From.LeaseExpired], To.Processing, Fence.None, [Write.Lease, Write.Target, Write.Claims, Write.Dispatches, Write.NextAttemptAt, Write.LastSendError, Write.Waiting, Write.LastDeliveryAttempt, Write.History, Write.DueAt]);
    public static readonly Transition Hold = Row("Hold", [Asker.StatusService], [From.Pending, From.Queued, From.RetryDue, From.LeaseExpired], To.Pending, Fence.Version, [Write.PreviousStatus, Write.Lease, Write.Dispatches, Write.NextAttemptAt, Write.LastSendError, Write.Waiting, Write.LastDeliveryAttempt, Write.History, Write.DueAt]);
    public static readonly Transition Resume = Row("Resume", [Asker.StatusService], [From.Pending], To.Pending, Fence.Version, [Write.Waiting, Write.DueAt, Write.RedeliveryJob]);
    public static readonly Transition Release = Row("Release", [Asker.Worker], [From.Processing], To.Queued, Fence.LeaseToken, [Write.Lease, Write.Claims, Write.DueAt, Write.Waiting]);
    public static readonly Transition Succeed = Row("Succeed", [Asker.Worker], [From.Processing], To.Success, Fence.LeaseToken, [Write.DeliveryResult, Write.DeliveredAt, Write.LastDeliveryAttempt, Write.History, Write.Lease, Write.DueAt, Write.Failure, Write.ExpiresAt]);
    public static readonly Transition Retry = Row("Retry", [Asker.Worker], [From.Processing], To.Failed, Fence.LeaseToken, [Write.DeliveryResult, Write.Attempts, Write.LastDeliveryAttempt, Write.History, Write.NextAttemptAt, Write.Lease, Write.DueAt]);
    public static readonly Transition Fail = Row("Fail", [Asker.Worker], [From.Processing], To.Failed, Fence.LeaseToken, [Write.DeliveryResult, Write.Attempts, Write.LastDeliveryAttempt, Write.History, Write.Lease, Write.DueAt, Write.Failure, Write.ExpiresAt]);
    public static readonly Transition Abandon = Row("Abandon", [Asker.StatusService], [From.Pending, From.Queued, From.AwaitingRetry, From.LeaseExpired], To.Failed, Fence.Version, [Write.DeliveryResult, Write.LastDeliveryAttempt, Write.History, Write.NextAttemptAt, Write.Waiting, Write.Lease, Write.DueAt, Write.Failure, Write.ExpiresAt]);
    public static readonly Transition Cancel = Row("Cancel", [Asker.Client], [From.Pending, From.Queued, From.AwaitingRetry], To.Failed, Fence.Version, [Write.DeliveryResult, Write.LastDeliveryAttempt, Write.History, Write.NextAttemptAt, Write.Waiting, Write.Lease, Write.DueAt, Write.Failure, Write.ExpiresAt]);
    public static readonly Transition Redeliver = Row("Redeliver", [Asker.Client], [From.Success, From.FailedFinal], To.Pending, Fence.Version, [Write.Epoch, Write.RedeliveredAt, Write.Attempts, Write.Claims, Write.Dispatches, Write.PreviousStatus, Write.Waiting, Write.DeliveredAt, Write.LastDeliveryAttempt, Write.History, Write.Lease, Write.DueAt, Write.Failure, Write.ExpiresAt, Write.RedeliveryJob]);
    public static readonly Transition Told = Row("Told", [Asker.StatusService], [From.Success, From.FailedFinal], null, Fence.DueAt, [Write.DueAt], isNote: true);

    public static IReadOnlyList<Transition> All => Rows;

    /// <summary>The states a record is in at <paramref name="now"/>; several, as LeaseExpired is also Processing; none, of a status that this release does not know.</summary>
    public static IReadOnlyList<From> StatesOf(NotificationRecord? record, DateTimeOffset now) => record switch
    {
        null => [From.Absent],
        { Status: var status } when status == To.Pending => [From.Pending],
        { Status: var status } when status == To.Queued => [From.Queued],
        { Status: var status } when status == To.Processing => record.Lease?.Until <= now ? [From.Processing, From.LeaseExpired] : [From.Processing],
        { Status: var status } when status == To.Success => [From.Success],
        { Status: var status } when status != To.Failed => [],
        { NextAttemptAt: null } => [From.FailedFinal],
        _ => record.NextAttemptAt <= now ? [From.AwaitingRetry, From.RetryDue] : [From.AwaitingRetry],
    };

    private static Transition Row(string name, Asker[] askedBy, From[] from, To? to, Fence fence, Write[] writes, bool isNote = false)
    {
        var row = new Transition(name, askedBy, from, to, fence, writes, isNote);
        Rows.Add(row);
        return row;
    }
}
