using Waybill.Simulation.Processes;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Checks;

/// <summary>The invariants that each call to the receiver must keep. Pure.</summary>
internal static class CallChecks
{
    /// <param name="latest">True time, and what two clocks may be apart.</param>
    /// <returns>What is wrong with it.</returns>
    public static IEnumerable<string> Of(Ledger ledger, Item? state, SimulatedProcess worker, DateTimeOffset latest)
    {
        if (state is null)
        {
            yield return "There is no such notification.";
            yield break;
        }

        if (latest < ledger.NotBefore)
        {
            yield return $"It is not due before {ledger.NotBefore:mm:ss.fff}.";
        }

        if (ledger.Excuses == 0 && StateItem.Read(state).IsFinal)
        {
            yield return "It is final.";
        }

        if (ledger.Excuses == 0 && state.Text(StoredNames.LeaseToken) != ledger.Leases.GetValueOrDefault(worker.Name))
        {
            yield return "The worker does not hold the lease.";
        }

        if (ledger.UnrecordedCalls > ledger.Excuses)
        {
            yield return $"{ledger.UnrecordedCalls} earlier calls have no result, but only {ledger.Excuses} of them an excuse.";
        }
    }
}
