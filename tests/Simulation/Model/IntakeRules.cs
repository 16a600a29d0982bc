using Waybill.Notifications.Records;
using Waybill.Notifications.Transitions;

namespace Waybill.Simulation.Model;

/// <summary>Intake: store, send, note that it is queued or roll back. After a crash the client asks again.</summary>
internal static class IntakeRules
{
    public static IEnumerable<ModelStep> From(ModelState state)
    {
        switch (state.Intake)
        {
            case IntakeStep.Begin:
                yield return Accept(state);
                break;

            case IntakeStep.Accepted:
                foreach (var step in ModelRules.Send(state, sent => sent with { Intake = IntakeStep.Sent }, failed => failed with { Intake = IntakeStep.SendFailed }))
                {
                    yield return step;
                }

                break;

            case IntakeStep.Sent:
                yield return Queue(state);
                break;

            case IntakeStep.SendFailed:
                yield return RollBack(state);
                break;
        }

        if (state.CrashesLeft > 0 && state.Intake != IntakeStep.Done)
        {
            var crashed = state with { CrashesLeft = (byte)(state.CrashesLeft - 1), Intake = IntakeStep.Begin, IntakeVersion = false };
            yield return new ModelStep("intake crashes", crashed, IsFault: true);
        }
    }

    private static ModelStep Accept(ModelState state)
    {
        var row = TransitionTable.Accept;

        if (Rows.Applies(row, state))
        {
            var stored = Rows.Move(row, state) with { Due = Moment.Later, Intake = IntakeStep.Accepted, IntakeVersion = true };
            return new ModelStep(row.Name, stored);
        }

        // A repeat sends what is still PENDING; no client has to make one.
        var again = state.Status == NotificationStatus.Pending ? state with { Intake = IntakeStep.Accepted, IntakeVersion = true } : Done(state);
        return new ModelStep("accept again", again, IsFault: true);
    }

    private static ModelStep Queue(ModelState state)
    {
        var row = TransitionTable.Queue;
        return Rows.Applies(row, state) && !state.Held ? new ModelStep(row.Name, Done(Rows.Move(row, state))) : new ModelStep("queue refused", Done(state));
    }

    private static ModelStep RollBack(ModelState state)
    {
        var row = TransitionTable.RollBack;
        var applies = state.IntakeVersion && Rows.Applies(row, state);

        return applies
            ? new ModelStep(row.Name, Done(Rows.Move(row, state).SetDue(row, Moment.Later)))
            : new ModelStep("intake's roll back refused", Done(state));
    }

    private static ModelState Done(ModelState state) => state with { Intake = IntakeStep.Done, IntakeVersion = false };
}
