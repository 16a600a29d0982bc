using Waybill.Notifications.Transitions;

namespace Waybill.Simulation.Model;

/// <summary>A client that may cancel, once, at any moment.</summary>
internal static class ClientRules
{
    public static IEnumerable<ModelStep> From(ModelState state)
    {
        var row = TransitionTable.Cancel;

        if (state.ClientIsDone || state.Status is null)
        {
            yield break;
        }

        var asked = state with { ClientIsDone = true };

        yield return Rows.Applies(row, state)
            ? new ModelStep(row.Name, Rows.Move(row, asked).SetDue(row, Moment.None).SetNextAttempt(row, Moment.None).EndLease(row) with { Cancelled = true }, IsFault: true)
            : new ModelStep("cancel refused", asked, IsFault: true);
    }
}
