using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Simulation.Processes;
using Waybill.Simulation.Table;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Checks;

/// <summary>
/// What a write must do besides what its row allows: the history gets each attempt once, those that were lost with a lease too, and what
/// has been said about an earlier state goes. Pure.
/// </summary>
internal static class RowChecks
{
    private const int MostBytes = 16 * 1024;

    /// <returns>What is wrong with it.</returns>
    public static IEnumerable<string> Of(Item old, Item item, Cause cause) =>
        HistoryOf(old, item, cause).Concat(LeftOvers(item, cause)).Concat(Size(item));

    private static IEnumerable<string> HistoryOf(Item old, Item item, Cause cause)
    {
        var before = old.List(StoredNames.History);
        var after = item.List(StoredNames.History);
        var kept = after.Where(before.Contains).ToList();
        var added = after.Except(before).ToList();

        if (!after.Take(kept.Count).SequenceEqual(before.Where(after.Contains)))
        {
            yield return "An attempt in the history was changed, or has changed its place.";
        }

        if (kept.Count < before.Count && (before.Count <= HistoryBound.MostEntries || kept.Count < 2 || kept[0] != before[0] || kept[^1] != before[^1]))
        {
            yield return $"{before.Count - kept.Count} of {before.Count} attempts have gone from the history.";
        }

        if (after.Count > (2 * HistoryBound.MostEntries) + (2 * RetryRound))
        {
            yield return $"The history has {after.Count} entries.";
        }

        var made = added.Select(entry => HistoryMap.Read(entry.M)).ToList();
        var lost = old.ContainsKey(StoredNames.LeaseToken) && cause.Route is not (StatusClient.Result or StatusClient.Release);
        var expected = lost || cause.Route == StatusClient.Result ? 1 : 0;

        if (cause.IsDispatch(item) || cause.Route is StatusClient.RollBack or StatusClient.Queued)
        {
            // The lease that was lost is left for whoever claims or ends it.
            expected = 0;
        }

        if (made.Count != expected)
        {
            yield return $"{made.Count} attempts were added to the history, but {expected} were to be.";
            yield break;
        }

        if (made is [var entry] && lost && (entry.Category != DeliveryCategory.Abandoned || entry.Epoch != (old.Int(StoredNames.Epoch) ?? 0) || entry.StartedAt != old.Time(StoredNames.LeaseStartedAt)))
        {
            yield return $"The attempt that was lost is in the history as {entry.Category} of epoch {entry.Epoch}, begun at {entry.StartedAt:mm:ss.fff}.";
        }

        if (item.Time(StoredNames.LastDeliveryAttempt) != (made is [var call] ? call.StartedAt : old.Time(StoredNames.LastDeliveryAttempt)))
        {
            yield return "lastDeliveryAttempt is not the start of the last call.";
        }
    }

    private static IEnumerable<string> LeftOvers(Item item, Cause cause)
    {
        if (cause.Route == StatusClient.Claim && (item.ContainsKey(StoredNames.LastSendError) || item.ContainsKey(StoredNames.Waiting)) && item[StoredNames.Status].S == NotificationStatus.Processing.Text())
        {
            yield return "Claimed, it still says what it waited for.";
        }

        if (!StateItem.Read(item).IsFinal && item.ContainsKey(StoredNames.DeliveredAt))
        {
            yield return "To be delivered again, it still says when it was delivered.";
        }

        if (!StateItem.Read(item).IsFinal && NotificationWaiting.Of(StateItem.Read(item)) is not { Reason.Length: > 0, Until: not null })
        {
            yield return "It waits without saying what for and until when.";
        }
    }

    private static IEnumerable<string> Size(Item item)
    {
        if (StoredSize.Of(item) is > MostBytes and var bytes)
        {
            yield return $"The state item has {bytes} bytes.";
        }
    }

    /// <summary>Attempts and lost claims of one epoch, at most.</summary>
    private const int RetryRound = 30;
}
