namespace Waybill.Simulation.Model;

/// <summary>Time: what is to come comes, in any order, as clocks are not to be relied on.</summary>
internal static class TimeRules
{
    public static IEnumerable<ModelStep> From(ModelState state)
    {
        if (state.Due == Moment.Later)
        {
            yield return new ModelStep("due", state with { Due = Moment.Come });
        }

        if (state.NextAttempt == Moment.Later)
        {
            yield return new ModelStep("retry due", state with { NextAttempt = Moment.Come });
        }

        if (state.Lease == LeaseHolder.None || state.LeaseEnded)
        {
            yield break;
        }

        if (state.Lease == LeaseHolder.Nobody || !IsAtWork(state))
        {
            yield return new ModelStep("lease ends", state with { LeaseEnded = true });
        }
        else if (state.OtherFaultsLeft > 0)
        {
            var overrun = state with
            {
                LeaseEnded = true,
                OtherFaultsLeft = (byte)(state.OtherFaultsLeft - 1),
                Excuses = (byte)(state.Excuses + 1),
            };

            yield return new ModelStep("lease ends under a live worker", overrun, IsFault: true);
        }
    }

    private static bool IsAtWork(ModelState state) =>
        state.Worker(state.Lease) is WorkerStep.Claimed or WorkerStep.Succeeded or WorkerStep.Failed;
}
