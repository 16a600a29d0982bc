using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store;

namespace Waybill.Simulation.Checks;

/// <summary>Which stored attributes each transition may change.</summary>
internal static class AllowedChanges
{
    private static readonly string[] Always = [StoredNames.Status, StoredNames.Version, StoredNames.LastUpdatedAt, StoredNames.WriteToken];

    private static readonly Dictionary<string, HashSet<string>> ByRow =
        TransitionTable.All.ToDictionary(row => row.Name, row => row.Writes.SelectMany(Names).Concat(Always).ToHashSet());

    public static bool Covers(Transition row, Item old, Item item)
    {
        var allowed = ByRow[row.Name];
        return item.All(pair => allowed.Contains(pair.Key) || ReferenceEquals(old.GetValueOrDefault(pair.Key), pair.Value))
            && old.Keys.All(name => allowed.Contains(name) || item.ContainsKey(name));
    }

    private static string[] Names(RecordField field) => field switch
    {
        RecordField.WholeRecord => [],
        RecordField.PreviousStatus => [StoredNames.PreviousStatus],
        RecordField.QueuedAt => [StoredNames.QueuedAt],
        RecordField.LastSendError => [StoredNames.LastSendError],
        RecordField.DueAt => [StoredNames.DueShard, StoredNames.DueAt],
        RecordField.Lease => [StoredNames.LeaseToken, StoredNames.LeaseOwner, StoredNames.LeaseStartedAt, StoredNames.LeaseUntil],
        RecordField.Claims => [StoredNames.Claims],
        RecordField.LastDeliveryAttempt => [StoredNames.LastDeliveryAttempt],
        RecordField.NextAttemptAt => [StoredNames.NextAttemptAt],
        RecordField.Attempts => [StoredNames.Attempts],
        RecordField.DeliveryResult => [StoredNames.DeliveryResult],
        RecordField.History => [StoredNames.History],
        RecordField.DeliveredAt => [StoredNames.DeliveredAt],
        RecordField.Epoch => [StoredNames.Epoch],
        RecordField.RedeliveryJob => [StoredNames.RedeliveryJob],
        RecordField.ExpiresAt => [StoredNames.ExpiresAt],
        _ => throw new NotSupportedException($"{field} has no stored names here: add them."),
    };
}
