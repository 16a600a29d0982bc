using Waybill.Notifications.Transitions;

namespace Waybill.Simulation.Model;

/// <summary>A worker: receive, claim, call or release, record, acknowledge.</summary>
internal static class WorkerRules
{
    public static IEnumerable<ModelStep> From(ModelState state, LeaseHolder worker)
    {
        var step = state.Worker(worker);

        switch (step)
        {
            case WorkerStep.Idle when state.Copies > 0:
                yield return new ModelStep("receives", state.With(worker, WorkerStep.Received), Worker: worker);
                break;

            case WorkerStep.Received:
                yield return state.Paused ? EndpointRules.Hold(state, worker) : Claim(state, worker);
                break;

            case WorkerStep.Claimed:
                yield return new ModelStep("calls: success", Call(state).With(worker, WorkerStep.Succeeded), Worker: worker);
                yield return new ModelStep("calls: failure", Call(state).With(worker, WorkerStep.Failed), Worker: worker);
                yield return Release(state, worker);
                break;

            case WorkerStep.Succeeded or WorkerStep.Failed:
                yield return Record(state, worker, RowFor(state, step));
                break;

            case WorkerStep.Recorded:
                yield return new ModelStep("acknowledges", state.With(worker, WorkerStep.Idle) with { Copies = (byte)Math.Max(state.Copies - 1, 0) }, Worker: worker);
                break;
        }

        if (state.CrashesLeft > 0 && step != WorkerStep.Idle)
        {
            yield return Crash(state, worker);
        }
    }

    private static ModelStep Claim(ModelState state, LeaseHolder worker)
    {
        var row = TransitionTable.Claim;

        if (!Rows.Applies(row, state))
        {
            return new ModelStep("finds nothing to do", state.With(worker, WorkerStep.Recorded), Worker: worker);
        }

        Rows.Expect(row, RecordField.Lease);
        Rows.Expect(row, RecordField.Claims);
        var claimed = Rows.Move(row, state).SetNextAttempt(row, Moment.None) with
        {
            Lease = worker,
            LeaseEnded = false,
            Claims = (byte)Math.Min(state.Claims + 1, ModelRules.MostClaims + 1),
        };

        // The due time may be left where it is, or be moved behind the lease: when it comes is open in either case.
        return new ModelStep(row.Name, claimed.With(worker, WorkerStep.Claimed), Worker: worker);
    }

    private static ModelState Call(ModelState state) => state with { Called = true, OpenCalls = (byte)(state.OpenCalls + 1) };

    private static ModelStep Release(ModelState state, LeaseHolder worker)
    {
        var row = TransitionTable.Release;

        if (!Holds(row, state, worker))
        {
            return new ModelStep("release refused", state.With(worker, WorkerStep.Recorded), Worker: worker);
        }

        var released = Rows.Move(row, state).EndLease(row).SetDue(row, Moment.Later) with { Claims = (byte)(state.Claims - 1) };
        return new ModelStep(row.Name, released.With(worker, WorkerStep.Recorded), Worker: worker);
    }

    private static Transition RowFor(ModelState state, WorkerStep step)
    {
        if (step == WorkerStep.Succeeded)
        {
            return TransitionTable.Succeed;
        }

        return state.Attempts + 1 < ModelRules.MaxAttempts ? TransitionTable.Retry : TransitionTable.Fail;
    }

    private static ModelStep Record(ModelState state, LeaseHolder worker, Transition row)
    {
        if (!Holds(row, state, worker))
        {
            return new ModelStep("result refused", state.With(worker, WorkerStep.Recorded), Worker: worker);
        }

        var isRetry = row == TransitionTable.Retry;
        var recorded = Rows.Move(row, state).EndLease(row).SetDue(row, isRetry ? Moment.Later : Moment.None);

        if (isRetry)
        {
            recorded = recorded.SetNextAttempt(row, Moment.Later);
        }

        return new ModelStep(row.Name, recorded.With(worker, WorkerStep.Recorded) with
        {
            Attempts = (byte)(state.Attempts + (row == TransitionTable.Succeed ? 0 : 1)),
            OpenCalls = (byte)(state.OpenCalls - 1),
            Owed = row == TransitionTable.Fail,
        }, Worker: worker);
    }

    /// <summary>The fence: the record's lease is the one that this worker was given.</summary>
    private static bool Holds(Transition row, ModelState state, LeaseHolder worker) =>
        (row.Fence != Fence.LeaseToken || state.Lease == worker) && Rows.Applies(row, state);

    private static ModelStep Crash(ModelState state, LeaseHolder worker)
    {
        var held = state.Worker(worker) is WorkerStep.Claimed or WorkerStep.Succeeded or WorkerStep.Failed;

        var crashed = state.With(worker, WorkerStep.Idle) with
        {
            CrashesLeft = (byte)(state.CrashesLeft - 1),
            Lease = state.Lease == worker ? LeaseHolder.Nobody : state.Lease,
            Excuses = (byte)(state.Excuses + (held ? 1 : 0)),
        };

        return new ModelStep("crashes", crashed, IsFault: true, Worker: worker);
    }
}
