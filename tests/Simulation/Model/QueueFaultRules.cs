namespace Waybill.Simulation.Model;

/// <summary>A message that is lost, and one that comes back although it was deleted.</summary>
internal static class QueueFaultRules
{
    public static IEnumerable<ModelStep> From(ModelState state)
    {
        if (state.OtherFaultsLeft == 0 || state.Status is null)
        {
            yield break;
        }

        var left = (byte)(state.OtherFaultsLeft - 1);

        if (state.Copies > 0)
        {
            yield return new ModelStep("message lost", state with { Copies = (byte)(state.Copies - 1), OtherFaultsLeft = left }, IsFault: true);
        }

        if (state.Copies < ModelRules.MostCopies)
        {
            yield return new ModelStep("message again", state with { Copies = (byte)(state.Copies + 1), OtherFaultsLeft = left }, IsFault: true);
        }
    }
}
