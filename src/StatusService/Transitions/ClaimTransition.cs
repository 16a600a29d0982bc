using Microsoft.Extensions.Options;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Transitions;

/// <summary>
/// Claim: gives a worker a lease. The usual case, a notification fresh from the queue, is one write; so is that of a backlog, where the due
/// time would come before the lease ends and moves with it. Which of the two it tries is what the claim before it met. Where that was wrong,
/// or an earlier worker left its lease behind, the failed condition returns the record, and a second write, fenced by its version,
/// does what is needed besides. A worker that asks again, as it did not get the answer, meets its own lease.
/// </summary>
internal sealed class ClaimTransition(NotificationStore store, TimeProvider time, IOptions<TableOptions> options)
{
    private const int Tries = 3;

    private const string FreshFromTheQueue =
        $"attribute_not_exists(#{StoredNames.LeaseToken}) AND #dueAt >= :{StoredNames.LeaseUntil}";

    private const string LongInTheQueue =
        $"attribute_not_exists(#{StoredNames.LeaseToken}) AND #dueAt < :{StoredNames.LeaseUntil}";

    /// <summary>Whether there is a backlog, as far as the latest claim that met something else tells.</summary>
    private volatile bool _queueIsLong;

    /// <returns>The claim and null, or null and the record as it is; both null when there is no such notification.</returns>
    public async Task<(ClaimResponse? Claim, NotificationRecord? Current)> ClaimAsync(string id, ClaimRequest request, CancellationToken cancellationToken)
    {
        var requestItem = await store.GetRequestAsync(id, cancellationToken);

        if (requestItem is null)
        {
            return (null, await EndWithoutRequestAsync(id, cancellationToken));
        }

        var lease = NewLease(request, RequestItem.TimeoutSeconds(requestItem));
        var outcome = await store.ApplyAsync(id, FirstChange(lease), cancellationToken);

        for (var tries = 1; tries < Tries && MayClaim(outcome); tries++)
        {
            if (outcome.Record!.Lease is null)
            {
                _queueIsLong = IsDueBeforeTheEndOf(lease, outcome.Record);
            }

            outcome = await store.ApplyAsync(id, ChangeOf(outcome.Record, lease), cancellationToken);
        }

        return outcome.Applied || IsHeldBy(lease.Token, outcome.Record)
            ? (new ClaimResponse(outcome.Record!, RecordTrouble.Read(requestItem, RequestItem.Read)), null)
            : (null, outcome.Record);
    }

    /// <summary>There is nothing to send, and never will be: what could be claimed ends here.</summary>
    /// <returns>The record as it is then; null when there is no such notification.</returns>
    private async Task<NotificationRecord?> EndWithoutRequestAsync(string id, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(id, cancellationToken);

        for (var tries = 0; tries < Tries && record is not null && MayClaim(record); tries++)
        {
            const string Reason = "The request was removed when its time to live ended: there is nothing left to send.";
            var change = EndWithoutAttempt.Abandon(record, time.GetUtcNow(), options.Value, EndCodes.RequestExpired, Reason);
            record = (await store.ApplyAsync(id, change, cancellationToken)).Record;
        }

        return record;
    }

    private bool MayClaim(TransitionOutcome outcome) => !outcome.Applied && outcome.Record is { } record && MayClaim(record);

    private bool MayClaim(NotificationRecord record) => TransitionTable.Claim.AppliesTo(record, time.GetUtcNow());

    private static bool IsHeldBy(string token, NotificationRecord? record) =>
        record?.Status == NotificationStatus.Processing && record.Lease?.Token == token;

    private Lease NewLease(ClaimRequest request, int timeoutSeconds)
    {
        var now = time.GetUtcNow();
        return new Lease(request.Token ?? Lease.NewToken(), request.Worker, now, now + DeliveryTiming.LeaseFor(timeoutSeconds));
    }

    private StateChange Change(Lease lease) => new StateChange(TransitionTable.Claim, time.GetUtcNow())
        .Set(RecordField.Lease, StoredNames.LeaseToken, StoredValue.Of(lease.Token))
        .Set(RecordField.Lease, StoredNames.LeaseOwner, StoredValue.Of(lease.Owner))
        .Set(RecordField.Lease, StoredNames.LeaseStartedAt, StoredValue.Of(lease.StartedAt))
        .Set(RecordField.Lease, StoredNames.LeaseUntil, StoredValue.Of(lease.Until))
        .Add(RecordField.Claims, StoredNames.Claims, 1)
        .Remove(RecordField.Dispatches, StoredNames.Dispatches)
        .Remove(RecordField.NextAttemptAt, StoredNames.NextAttemptAt)
        .Remove(RecordField.LastSendError, StoredNames.LastSendError)
        .NoLongerWaits();

    private StateChange FirstChange(Lease lease) => _queueIsLong
        ? Change(lease).Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(lease.Until)).OnlyIf(LongInTheQueue)
        : Change(lease).OnlyIf(FreshFromTheQueue);

    private static bool IsDueBeforeTheEndOf(Lease lease, NotificationRecord record) => record.DueAt is null || record.DueAt < lease.Until;

    private StateChange ChangeOf(NotificationRecord seen, Lease lease)
    {
        var change = Change(lease).OnlyIfUnchangedSince(seen).AddsLostAttempt(seen);

        if (IsDueBeforeTheEndOf(lease, seen))
        {
            change.Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(lease.Until));
        }

        return change;
    }
}
