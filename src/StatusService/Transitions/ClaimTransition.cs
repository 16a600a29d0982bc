using Microsoft.Extensions.Options;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Endpoints.Pacing;
using Waybill.StatusService.Events;
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
internal sealed class ClaimTransition(NotificationStore store, EventStore events, Holds holds, CallbackSubscriptions callbacks, TimeProvider time, IOptions<TableOptions> options, WorkersSeen workers)
{
    private const int Tries = 3;

    private static readonly TimeSpan UnknownStateFor = TimeSpan.FromMinutes(1);

    /// <summary>For people.</summary>
    public const string EndpointIsGone = "The endpoint was deleted.";

    private const string RequestIsGone = "The request was removed when its time to live ended: there is nothing left to send.";

    private const string FreshFromTheQueue =
        $"attribute_not_exists(#{StoredNames.LeaseToken}) AND #dueAt >= :{StoredNames.LeaseUntil}";

    private const string LongInTheQueue =
        $"attribute_not_exists(#{StoredNames.LeaseToken}) AND #dueAt < :{StoredNames.LeaseUntil}";

    /// <summary>Whether there is a backlog, as far as the latest claim that met something else tells.</summary>
    private volatile bool _queueIsLong;

    /// <returns>The claim and null, or null and the record as it is; both null when there is no such notification.</returns>
    public async Task<(ClaimResponse? Claim, NotificationRecord? Current)> ClaimAsync(string id, ClaimRequest request, CancellationToken cancellationToken)
    {
        workers.Note(request.Worker);

        if (request.Target is { } target)
        {
            return await ClaimEventAsync(id, request, target, cancellationToken);
        }

        if (await store.GetRequestAsync(id, cancellationToken) is { } requestItem)
        {
            var lease = NewLease(request, RequestItem.TimeoutSeconds(requestItem));
            var outcome = await ClaimAsync(id, lease, change => change, cancellationToken);

            return IsClaimed(outcome, lease)
                ? (new ClaimResponse(outcome.Record!, RecordTrouble.Read(requestItem, RequestItem.Read)), null)
                : (null, outcome.Record);
        }

        // An event's, of which the message does not say it.
        var record = await store.GetAsync(id, cancellationToken);

        return record is not null && EventTarget.Of(record) is { } found
            ? await ClaimEventAsync(id, request, found, cancellationToken)
            : (null, await EndAsync(record, EndCodes.RequestExpired, RequestIsGone, cancellationToken));
    }

    /// <summary>The endpoint as it is now says where the attempt goes, how long it may take and what comes after it: the record takes that over.</summary>
    private async Task<(ClaimResponse? Claim, NotificationRecord? Current)> ClaimEventAsync(string id, ClaimRequest request, EventTarget target, CancellationToken cancellationToken)
    {
        var (eventItem, endpointItem) = await events.GetWithEndpointAsync(target.EventId, target.Endpoint, cancellationToken);
        var endpoint = endpointItem is null ? null : RecordTrouble.Read(endpointItem, EndpointItem.Read);

        if (eventItem is null || endpoint is not { IsDeleted: false })
        {
            var record = await store.GetAsync(id, cancellationToken);

            if (IsForAnother(record, target))
            {
                return await ClaimAsRecordedAsync(record!, request, cancellationToken);
            }

            var (code, reason) = eventItem is null ? (EndCodes.RequestExpired, RequestIsGone) : (EndCodes.EndpointDeleted, EndpointIsGone);
            return (null, await EndAsync(record, code, reason, cancellationToken));
        }

        var status = endpoint.StatusAt(time.GetUtcNow());

        if (status != EndpointStatus.Active && endpoint.Probe != id && !EventItem.IsTest(eventItem))
        {
            return await RefuseAsync(id, request, target, endpoint, status, cancellationToken);
        }

        // A probe of one that is disabled, or a test of it, is one attempt.
        var called = status == EndpointStatus.Disabled ? endpoint with { RetrySchedule = [] } : endpoint;
        var lease = NewLease(request, endpoint.TimeoutSeconds);
        var outcome = await ClaimAsync(id, lease, change => ToEndpoint(change, target, called), cancellationToken);

        if (IsClaimed(outcome, lease))
        {
            var secrets = endpoint.Secrets.Where(secret => secret.IsValidAt(lease.StartedAt)).Select(secret => secret.Sealed);

            // Asked for again, it finds the URL that the first answer would have named: the endpoint may have another one by now.
            var record = outcome.Record! with { Url = endpoint.Url };
            var seen = new EndpointSeen(target.Endpoint, endpoint.FailingSince, endpoint.LastSuccessAt, status == EndpointStatus.Disabled, endpoint.WarnedAt is not null);
            return (new ClaimResponse(record, RecordTrouble.Read(eventItem, item => EventItem.ReadRequest(item, endpoint)), [.. secrets], seen, PaceOf(endpoint, request.Worker)), null);
        }

        return IsForAnother(outcome.Record, target) && MayClaim(outcome.Record!)
            ? await ClaimAsRecordedAsync(outcome.Record!, request, cancellationToken)
            : (null, outcome.Record);
    }

    /// <summary>Null of one without a rate of its own.</summary>
    private EndpointPace? PaceOf(EndpointRecord endpoint, string worker)
    {
        if (endpoint.MaxPerSecond is not { } most)
        {
            return null;
        }

        var (count, rank) = workers.PlaceOf(worker);
        return new EndpointPace(most, time.GetUtcNow(), count, rank);
    }

    /// <summary>No attempt is made now: what is for a paused endpoint is held, what is for a disabled one ends, on record. Another release's state is as good as paused for a while.</summary>
    private async Task<(ClaimResponse? Claim, NotificationRecord? Current)> RefuseAsync(
        string id, ClaimRequest request, EventTarget target, EndpointRecord endpoint, EndpointStatus status, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(id, cancellationToken);

        if (IsForAnother(record, target))
        {
            return await ClaimAsRecordedAsync(record!, request, cancellationToken);
        }

        return (null, status == EndpointStatus.Disabled
            ? await EndAsync(record, EndWithoutAttempt.Refuse, cancellationToken)
            : await holds.HoldAsync(record, endpoint.PausedUntil ?? time.GetUtcNow() + UnknownStateFor, cancellationToken));
    }

    /// <summary>Whether the message was wrong about whom it is for.</summary>
    private static bool IsForAnother(NotificationRecord? record, EventTarget target) => record is not null && EventTarget.Of(record) != target;

    /// <summary>The record never changes what it says of that, so there is no third try.</summary>
    private Task<(ClaimResponse? Claim, NotificationRecord? Current)> ClaimAsRecordedAsync(NotificationRecord record, ClaimRequest request, CancellationToken cancellationToken) =>
        ClaimAsync(record.Id, request with { Target = EventTarget.Of(record) }, cancellationToken);

    private static StateChange ToEndpoint(StateChange change, EventTarget target, EndpointRecord endpoint)
    {
        change
            .Set(RecordField.Target, StoredNames.Url, StoredValue.Of(endpoint.Url))
            .Set(RecordField.Target, StoredNames.TimeoutSeconds, StoredValue.Of(endpoint.TimeoutSeconds))
            .Set(RecordField.Target, StoredNames.MaxAttempts, StoredValue.Of(RetrySchedule.MaxAttempts(endpoint.RetrySchedule)))
            .OnlyIf(
                $"#{StoredNames.EventId} = :targetEvent AND #{StoredNames.Endpoint} = :targetEndpoint AND #{StoredNames.Tenant} = :targetTenant AND #{StoredNames.Owner} = :targetOwner",
                ("targetEvent", StoredValue.Of(target.EventId)),
                ("targetEndpoint", StoredValue.Of(target.Endpoint.Id)),
                ("targetTenant", StoredValue.Of(target.Endpoint.Tenant)),
                ("targetOwner", StoredValue.Of(target.Endpoint.Owner)));

        return endpoint.RetrySchedule is { } schedule
            ? change.Set(RecordField.Target, StoredNames.RetrySchedule, EndpointItem.Schedule(schedule))
            : change.Remove(RecordField.Target, StoredNames.RetrySchedule);
    }

    /// <param name="also">What the claim writes besides.</param>
    private async Task<TransitionOutcome> ClaimAsync(string id, Lease lease, Func<StateChange, StateChange> also, CancellationToken cancellationToken)
    {
        var outcome = await store.ApplyAsync(id, also(FirstChange(lease)), cancellationToken);

        for (var tries = 1; tries < Tries && MayClaim(outcome); tries++)
        {
            if (outcome.Record!.Lease is null)
            {
                _queueIsLong = IsDueBeforeTheEndOf(lease, outcome.Record);
            }

            outcome = await store.ApplyAsync(id, also(ChangeOf(outcome.Record, lease)), cancellationToken);
        }

        return outcome;
    }

    private static bool IsClaimed(TransitionOutcome outcome, Lease lease) => outcome.Applied || IsHeldBy(lease.Token, outcome.Record);

    /// <summary>There is nothing to send, or nobody to send it to, and never will be: what could be claimed ends here.</summary>
    /// <param name="reason">For people.</param>
    /// <returns>The record as it is then; null when there is no such notification.</returns>
    private Task<NotificationRecord?> EndAsync(NotificationRecord? record, string code, string reason, CancellationToken cancellationToken) =>
        EndAsync(record, (seen, now, table, isOwed) => EndWithoutAttempt.Abandon(seen, now, table, code, reason, isOwed), cancellationToken);

    private async Task<NotificationRecord?> EndAsync(NotificationRecord? record, Func<NotificationRecord, DateTimeOffset, TableOptions, bool, StateChange> end, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tries && record is not null && MayClaim(record); tries++)
        {
            var isOwed = await callbacks.OweFailureAsync(record, cancellationToken);
            record = (await store.ApplyAsync(record.Id, end(record, time.GetUtcNow(), options.Value, isOwed), cancellationToken)).Record;
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
