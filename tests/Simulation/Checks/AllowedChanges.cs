using Waybill.Notifications.Transitions;
using Waybill.Simulation.Processes;
using Waybill.StatusService.Store.Changes;

namespace Waybill.Simulation.Checks;

/// <summary>Which stored attributes each transition may change. Those that this release does not know nobody may take away.</summary>
internal static class AllowedChanges
{
    private static readonly Dictionary<string, HashSet<string>> ByRow =
        TransitionTable.All.ToDictionary(row => row.Name, row => row.Writes.SelectMany(FieldNames.Of).Concat(FieldNames.Always).ToHashSet());

    public static bool Covers(Transition row, Item old, Item item)
    {
        var allowed = ByRow[row.Name];
        return item.All(pair => allowed.Contains(pair.Key) || pair.Key == Releases.Unknown || ReferenceEquals(old.GetValueOrDefault(pair.Key), pair.Value))
            && old.Keys.All(name => allowed.Contains(name) || item.ContainsKey(name));
    }
}
