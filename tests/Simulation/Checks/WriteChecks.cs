using System.Globalization;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Transitions;
using Waybill.Simulation.Processes;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Checks;

/// <summary>The invariants that every single write of a state item must keep. Pure.</summary>
internal static class WriteChecks
{
    private static readonly Dictionary<string, Transition[]> RowsByRoute = new()
    {
        [StatusClient.Queued] = Copies(TransitionTable.Queue),
        [StatusClient.RollBack] = Copies(TransitionTable.RollBack),
        [StatusClient.Dispatch] = Copies(TransitionTable.Redispatch, TransitionTable.Abandon),
        [StatusClient.AcceptEvent] = Copies(TransitionTable.Resume),
        [StatusClient.FinishFanOut] = Copies(TransitionTable.Resume),
        [StatusClient.Claim] = Copies(TransitionTable.Claim, TransitionTable.Abandon, TransitionTable.Hold, TransitionTable.Resume),
        [StatusClient.Release] = Copies(TransitionTable.Release),
        [StatusClient.Result] = Copies(TransitionTable.Succeed, TransitionTable.Retry, TransitionTable.Fail),
        [StatusClient.Cancel] = Copies(TransitionTable.Cancel),
        [StatusClient.Redeliver] = Copies(TransitionTable.Redeliver, TransitionTable.Told, TransitionTable.Resume),
        [StatusClient.RedeliverByJob] = Copies(TransitionTable.Redeliver, TransitionTable.Told, TransitionTable.Resume),
        [Cause.Upkeep] = Copies(TransitionTable.Redeliver, TransitionTable.Told, TransitionTable.Resume),
    };

    /// <summary>Copies, as a mutation may change the table's own rows.</summary>
    private static Transition[] Copies(params Transition[] rows) => [.. rows.Select(row => row with { From = [.. row.From] })];

    /// <param name="latest">True time, and what the fastest clock may be ahead.</param>
    /// <returns>What is wrong with it.</returns>
    public static IEnumerable<string> Of(Item? old, Item item, Cause cause, DateTimeOffset latest)
    {
        var record = StateItem.Read(item);

        if (DueShard(record) is { } shard ? item.Text(StoredNames.DueShard) != shard : item.ContainsKey(StoredNames.DueShard))
        {
            yield return $"{(record.IsFinal ? "Final" : "Not final")}, and due {record.DueAt:mm:ss} in the shard '{item.Text(StoredNames.DueShard)}'.";
        }

        if (!record.IsFinal && record.DueAt is null)
        {
            yield return "Stuck: not final, but without a due time.";
        }

        if (record.Status == NotificationStatus.Failed && record.NextAttemptAt is { } next && cause.Route == StatusClient.Result && record.DueAt != next)
        {
            yield return "The retry time is not the due time.";
        }

        if (old is null)
        {
            if (record.Version != 1 || !(record.Status == NotificationStatus.Pending || record is { IsFinal: true, DeliveryResult: { Category: var category } } && category == DeliveryCategory.EndpointDisabled))
            {
                yield return $"A new record is {record.Status} with version {record.Version}.";
            }

            yield break;
        }

        var before = StateItem.Read(old);

        if (record.Version != before.Version + 1)
        {
            yield return $"Version {before.Version} became {record.Version}.";
        }

        if (record.History.Zip(record.History.Skip(1)).Any(pair => pair.First.Number >= pair.Second.Number))
        {
            yield return "The history has a repetition, or is not in order.";
        }

        if (record.HistoryOmitted > before.HistoryOmitted && record.Epoch == before.Epoch)
        {
            yield return "The history has lost an attempt.";
        }

        if (cause.Word is { } word && record.DeliveryResult!.Category.Text() != word)
        {
            yield return $"The category was {word} and is stored as {record.DeliveryResult.Category.Text()}.";
        }

        if (!FenceHolds(old, cause))
        {
            yield return $"{cause.Route} of {cause.Caller.Name} was written although its fence {cause.Fence} had passed.";
        }

        if (!RowsByRoute.GetValueOrDefault(cause.Route, []).Any(row => Allows(row, before, record, latest) && AllowedChanges.Covers(row, old, item)))
        {
            yield return $"{cause.Route} turned {Describe(before)} into {Describe(record)}: no row of the table allows that, or not all of it.";
        }
    }

    /// <summary>Where it is to be found: what is final only as long as its owner is to be told.</summary>
    private static string? DueShard(NotificationRecord record) =>
        record.DueAt is null ? null : record.IsFinal ? Shards.Outbox(record.Id) : Shards.Due(record.Id);

    private static bool Allows(Transition row, NotificationRecord before, NotificationRecord after, DateTimeOffset latest) =>
        TransitionTable.StatesOf(before, latest).Intersect(row.From).Any()
        && (row.To is { } to ? after.Status == to : after.Status == (row.IsNote ? before.Status : before.PreviousStatus ?? before.Status));

    private static bool FenceHolds(Item old, Cause cause) => cause.Route switch
    {
        StatusClient.Result or StatusClient.Release => old.Text(StoredNames.LeaseToken) == cause.Fence,
        StatusClient.RollBack => old[StoredNames.Version].N == cause.Fence,
        StatusClient.Dispatch =>
            old.Time(StoredNames.DueAt) == DateTimeOffset.Parse(cause.Fence!, CultureInfo.InvariantCulture),
        _ => true,
    };

    private static string Describe(NotificationRecord record) =>
        $"{record.Status.Text()}{(record.NextAttemptAt is null ? "" : " waiting")}{(record.IsFinal ? " final" : "")} version {record.Version}";
}
