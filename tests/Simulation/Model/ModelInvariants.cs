using Waybill.Notifications.Records;
using Waybill.Notifications.Transitions;

namespace Waybill.Simulation.Model;

/// <summary>What must hold in every state and over every step. Pure.</summary>
internal static class ModelInvariants
{
    /// <returns>What is broken; null when nothing is.</returns>
    public static string? Broken(ModelState before, ModelStep step)
    {
        var after = step.Next;

        if (after.Status is not null && after.IsFinal != (after.Due == Moment.None))
        {
            return after.IsFinal ? "final, but still due" : "not final, but without a due time";
        }

        if (before.IsFinal && (after.Status != before.Status || !after.IsFinal))
        {
            return "final, but written";
        }

        if (after.OpenCalls > before.OpenCalls)
        {
            return BrokenByCall(before);
        }

        if (after.OpenCalls < before.OpenCalls && before.Status != NotificationStatus.Processing)
        {
            return "a result was recorded although nothing was in delivery";
        }

        return !before.IsFinal && after.IsFinal && !after.Called && !after.Cancelled && step.What != TransitionTable.Refuse.Name && after.Claims <= ModelRules.MostClaims ? "final without an attempt" : null;
    }

    private static string? BrokenByCall(ModelState before)
    {
        if (before.OpenCalls > before.Excuses)
        {
            return "a call without an excuse for the one before";
        }

        return before.Excuses == 0 && before.Status != NotificationStatus.Processing ? "a call although it is not in delivery" : null;
    }
}
