using Waybill.Notifications.Transitions;

namespace Waybill.Simulation.Model;

/// <summary>
/// The Dispatcher asks about what is due: the status service reads it, and then marks it or gives up what was claimed too often, if that is
/// still as it was read. What is marked is sent, or rolled back.
/// </summary>
internal static class DispatcherRules
{
    public static IEnumerable<ModelStep> From(ModelState state)
    {
        switch (state.Dispatcher)
        {
            case DispatcherStep.Idle when state.Due == Moment.Come:
                yield return new ModelStep("read for the dispatcher", state.Claims > ModelRules.MostClaims
                    ? state with { Dispatcher = DispatcherStep.Abandoning, DispatcherVersion = true }
                    : state with { Dispatcher = DispatcherStep.Dispatching, DispatcherDue = true });
                break;

            case DispatcherStep.Dispatching:
                yield return Redispatch(state);
                break;

            case DispatcherStep.Abandoning:
                yield return Abandon(state);
                break;

            case DispatcherStep.Marked:
                foreach (var step in ModelRules.Send(state, Idle, failed => failed with { Dispatcher = DispatcherStep.SendFailed }))
                {
                    yield return step;
                }

                break;

            case DispatcherStep.SendFailed:
                yield return RollBack(state);
                break;
        }

        if (state.CrashesLeft > 0 && state.Dispatcher != DispatcherStep.Idle)
        {
            yield return new ModelStep("dispatcher crashes", Idle(state) with { CrashesLeft = (byte)(state.CrashesLeft - 1) }, IsFault: true);
        }
    }

    private static ModelStep Redispatch(ModelState state)
    {
        var row = TransitionTable.Redispatch;

        if (!Holds(row, state))
        {
            return new ModelStep("redispatch refused", Idle(state));
        }

        Rows.Expect(row, RecordField.PreviousStatus);
        var marked = Rows.Move(row, state).SetDue(row, Moment.Later) with { PreviousStatus = state.Status };
        return new ModelStep(row.Name, marked with { Dispatcher = DispatcherStep.Marked, DispatcherVersion = true });
    }

    private static ModelStep Abandon(ModelState state)
    {
        var row = TransitionTable.Abandon;
        var applies = state.DispatcherVersion && Rows.Applies(row, state);

        return applies
            ? new ModelStep(row.Name, Idle(Rows.Move(row, state).SetDue(row, Moment.None).SetNextAttempt(row, Moment.None).EndLease(row)))
            : new ModelStep("abandon refused", Idle(state));
    }

    private static ModelStep RollBack(ModelState state)
    {
        var row = TransitionTable.RollBack;
        var applies = state.DispatcherVersion && Rows.Applies(row, state);

        return applies
            ? new ModelStep(row.Name, Idle(Rows.Move(row, state).SetDue(row, Moment.Later)))
            : new ModelStep("dispatcher's roll back refused", Idle(state));
    }

    private static bool Holds(Transition row, ModelState state) =>
        (row.Fence != Fence.DueAt || HoldsDue(state)) && Rows.Applies(row, state);

    private static bool HoldsDue(ModelState state) => state.DispatcherDue && state.Due == Moment.Come;

    private static ModelState Idle(ModelState state) =>
        state with { Dispatcher = DispatcherStep.Idle, DispatcherDue = false, DispatcherVersion = false };
}
