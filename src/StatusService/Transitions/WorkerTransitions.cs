using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Transitions;

/// <summary>What a worker reports about the attempt it holds the lease for.</summary>
internal sealed class WorkerTransitions(NotificationStore store, CallbackSubscriptions callbacks, EndpointHealth health, TimeProvider time, IOptions<TableOptions> options)
{
    /// <summary>
    /// An attempt is recorded onto a history that ends just before it. The lease token alone does not see to that: a claim and its
    /// result that were given up and tried again may both arrive once more, when the notification can be claimed again.
    /// </summary>
    /// <remarks>The length of the history is for what an earlier release wrote, and tells nothing once the history was shortened.</remarks>
    private const string NotYetInTheHistory =
        $"(attribute_not_exists(#{StoredNames.History}) OR size(#{StoredNames.History}) < :attempt)"
        + $" AND (attribute_not_exists(#{StoredNames.LastAttempt}) OR #{StoredNames.LastAttempt} < :attempt)";

    /// <summary>Longest reason of waiting that is stored.</summary>
    private const int MaxReason = 40;

    /// <summary>Gives the notification back without an attempt.</summary>
    public Task<TransitionOutcome> ReleaseAsync(string id, ReleaseRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var change = new StateChange(TransitionTable.Release, now, StoredValue.Of(request.LeaseToken))
            .EndsWithoutLease()
            .Add(RecordField.Claims, StoredNames.Claims, -1)
            .Set(RecordField.DueAt, StoredNames.DueAt, StoredValue.Of(now + TimeSpan.FromSeconds(request.DueInSeconds)));

        if (request.Reason is { Length: > 0 } reason)
        {
            change.Set(RecordField.Waiting, StoredNames.Waiting, StoredValue.Of(Cut.Characters(reason, MaxReason)));
        }
        else
        {
            change.NoLongerWaits();
        }

        return store.ApplyAsync(id, change, cancellationToken);
    }

    /// <summary>Succeed, Retry or Fail, as the result says. A report that is repeated because its answer was lost applies once.</summary>
    public async Task<TransitionOutcome> ResultAsync(string id, ResultRequest request, CancellationToken cancellationToken)
    {
        var outcome = await RecordAsync(id, request, cancellationToken);

        if (outcome.Applied && request.Endpoint is { } seen)
        {
            await health.NoteAsync(seen, id, request.Result, cancellationToken);
        }

        return outcome;
    }

    private async Task<TransitionOutcome> RecordAsync(string id, ResultRequest request, CancellationToken cancellationToken)
    {
        // What it says of itself never changes: who reads it before it is written knows enough to find it among the failures.
        var failing = EndsInFailure(request) ? await store.GetAsync(id, cancellationToken) : null;
        var isOwed = failing is null ? request is { Notify: true, Result.Success: true } : await callbacks.OweFailureAsync(failing, cancellationToken);
        var tells = isOwed ? id : null;
        var outcome = await store.ApplyAsync(id, Change(request, failing, tells), cancellationToken);

        if (CountsTheHistory(request, outcome))
        {
            var renumbered = request with { Result = request.Result with { Attempt = outcome.Record!.NextAttemptNumber } };
            return await store.ApplyAsync(id, Change(renumbered, failing, tells).OnlyIfUnchangedSince(outcome.Record), cancellationToken);
        }

        return !outcome.Applied && IsRecorded(outcome.Record, request.Result) ? outcome with { Applied = true } : outcome;
    }

    /// <summary>
    /// A worker of the release before takes the length of the history for the number of its last attempt, which it is not once it was
    /// shortened. The lease and the epoch say that the result is no late copy.
    /// </summary>
    private static bool CountsTheHistory(ResultRequest request, TransitionOutcome outcome) =>
        outcome is { Applied: false, Record: { HistoryOmitted: > 0 } record }
        && record.Status == NotificationStatus.Processing
        && record.Lease?.Token == request.LeaseToken
        && record.Epoch == request.Epoch
        && record.History.Count + 1 == request.Result.Attempt;

    private static bool EndsInFailure(ResultRequest request) => request is { Result.Success: false, RetryInSeconds: null };

    /// <param name="failing">The record that fails for good; null where it does not, or is gone.</param>
    /// <param name="tells">As <see cref="StateChangeExtensions.EndsDelivery"/> has it.</param>
    private StateChange Change(ResultRequest request, NotificationRecord? failing, string? tells)
    {
        var now = time.GetUtcNow();
        var result = request.Result;
        var row = result.Success ? TransitionTable.Succeed : request.RetryInSeconds is null ? TransitionTable.Fail : TransitionTable.Retry;

        var change = new StateChange(row, now, StoredValue.Of(request.LeaseToken))
            .Set(RecordField.DeliveryResult, StoredNames.DeliveryResult, StoredValue.Of(ResultMap.Write(result)))
            .AddsAttempt(Entry(request))
            .EndsWithoutLease()
            .OnlyIf(NotYetInTheHistory, ("attempt", StoredValue.Of(result.Attempt)));

        if (result.Success)
        {
            // A release before 0.2 that redelivers a failure leaves it among those.
            change
                .Set(RecordField.DeliveredAt, StoredNames.DeliveredAt, StoredValue.Of(now))
                .Remove(RecordField.Failure, StoredNames.FailedShard, StoredNames.FailedAt);
        }
        else if (result.RetryEligible)
        {
            change.Add(RecordField.Attempts, StoredNames.Attempts, 1);
        }

        if (request.RetryInSeconds is { } seconds)
        {
            var next = StoredValue.Of(now + TimeSpan.FromSeconds(seconds));
            change.Set(RecordField.NextAttemptAt, StoredNames.NextAttemptAt, next);
            change.Set(RecordField.DueAt, StoredNames.DueAt, next);
        }
        else
        {
            change.EndsDelivery(now, options.Value, tells);
        }

        return failing is null ? change : change.Fails(Failure.Of(failing, result));
    }

    private static HistoryEntry Entry(ResultRequest request) => new()
    {
        Number = request.Result.Attempt,
        Epoch = request.Epoch,
        StartedAt = request.Result.Timestamp - TimeSpan.FromMilliseconds(request.Result.ResponseTime),
        ResponseTime = request.Result.ResponseTime,
        StatusCode = request.Result.StatusCode,
        Category = request.Result.Category,
        ErrorCode = request.Result.ErrorDetails?.Code,
        Timings = request.Result.Success ? null : request.Result.Timings,
        TraceId = request.Result.TraceId,
        Url = request.Url,
    };

    private static bool IsRecorded(NotificationRecord? record, DeliveryResult result) =>
        record?.DeliveryResult is { } recorded
        && (recorded.Attempt == result.Attempt || result.SpanId is not null)
        && recorded.SpanId == result.SpanId
        && recorded.Timestamp.ToUnixTimeMilliseconds() == result.Timestamp.ToUnixTimeMilliseconds();
}
