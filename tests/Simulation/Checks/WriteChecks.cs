using System.Globalization;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
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
        [StatusClient.Claim] = Copies(TransitionTable.Claim, TransitionTable.Abandon),
        [StatusClient.Release] = Copies(TransitionTable.Release),
        [StatusClient.Result] = Copies(TransitionTable.Succeed, TransitionTable.Retry, TransitionTable.Fail),
        [StatusClient.Cancel] = Copies(TransitionTable.Cancel),
        [StatusClient.Redeliver] = Copies(TransitionTable.Redeliver),
        [StatusClient.RedeliverByJob] = Copies(TransitionTable.Redeliver),
    };

    /// <summary>Copies, as a mutation may change the table's own rows.</summary>
    private static Transition[] Copies(params Transition[] rows) => [.. rows.Select(row => row with { From = [.. row.From] })];

    /// <param name="latest">True time, and what the fastest clock may be ahead.</param>
    /// <returns>What is wrong with it.</returns>
    public static IEnumerable<string> Of(Item? old, Item item, Cause cause, DateTimeOffset latest)
    {
        var record = StateItem.Read(item);

        if (record.IsFinal == (record.DueAt is not null) || record.IsFinal == item.ContainsKey(StoredNames.DueShard))
        {
            yield return record.IsFinal ? "Final, but still due." : "Stuck: not final, but without a due time.";
        }

        if (record.Status == NotificationStatus.Failed && record.NextAttemptAt is { } next && cause.Route == StatusClient.Result && record.DueAt != next)
        {
            yield return "The retry time is not the due time.";
        }

        if (old is null)
        {
            if (record.Version != 1 || record.Status != NotificationStatus.Pending)
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

        if (record.HistoryOmitted > before.HistoryOmitted && cause.Route is not (StatusClient.Redeliver or StatusClient.RedeliverByJob))
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

    private static bool Allows(Transition row, NotificationRecord before, NotificationRecord after, DateTimeOffset latest) =>
        TransitionTable.StatesOf(before, latest).Intersect(row.From).Any()
        && (row.To is { } to ? after.Status == to : after.Status == (before.PreviousStatus ?? before.Status));

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
