using Waybill.Notifications.Transitions;

namespace Waybill.Simulation.Model;

/// <summary>The endpoint that it is for: paused for a while, or disabled from the beginning; and the status service, which tells the owner of a failure.</summary>
internal static class EndpointRules
{
    public static IEnumerable<ModelStep> From(ModelState state)
    {
        if (state is { OtherFaultsLeft: > 0, Status: not null, IsFinal: false })
        {
            yield return new ModelStep("pause", state with { Paused = true, OtherFaultsLeft = (byte)(state.OtherFaultsLeft - 1) }, IsFault: true);
        }

        if (state is { OtherFaultsLeft: > 0, Intake: IntakeStep.Begin } && Rows.Applies(TransitionTable.Refuse, state))
        {
            var refused = Rows.Move(TransitionTable.Refuse, state) with { Intake = IntakeStep.Done, Owed = true };
            yield return new ModelStep(TransitionTable.Refuse.Name, refused with { OtherFaultsLeft = (byte)(state.OtherFaultsLeft - 1) }, IsFault: true);
        }

        if (state.Paused)
        {
            yield return new ModelStep("pause ends", state with { Paused = false });
        }
        else if (state.Held && Rows.Applies(TransitionTable.Resume, state))
        {
            yield return new ModelStep(TransitionTable.Resume.Name, Rows.Move(TransitionTable.Resume, state).SetDue(TransitionTable.Resume, Moment.Come));
        }

        if (state.Owed && Rows.Applies(TransitionTable.Told, state))
        {
            Rows.Expect(TransitionTable.Told, RecordField.DueAt);
            yield return new ModelStep(TransitionTable.Told.Name, Rows.Move(TransitionTable.Told, state) with { Owed = false });
        }
    }

    /// <summary>A worker comes to it while its endpoint is paused: no claim is used up.</summary>
    public static ModelStep Hold(ModelState state, LeaseHolder worker)
    {
        var row = TransitionTable.Hold;

        if (!Rows.Applies(row, state))
        {
            return new ModelStep("finds nothing to do", state.With(worker, WorkerStep.Recorded), Worker: worker);
        }

        Rows.Expect(row, RecordField.PreviousStatus);
        var held = Rows.Move(row, state).EndLease(row).SetNextAttempt(row, Moment.None).SetDue(row, Moment.Later) with { PreviousStatus = null, Held = true };
        return new ModelStep(row.Name, held.With(worker, WorkerStep.Recorded), Worker: worker);
    }
}
