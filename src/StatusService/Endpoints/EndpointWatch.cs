using Microsoft.Extensions.Options;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Redeliveries;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.Endpoints;

/// <summary>
/// Looks at endpoints that are not well when their time has come: tells what is owed, ends pauses, warns, disables, and probes what is disabled. Whoever looks twice, or
/// after a crash, finds it done, or does it once more to the same end: ids are derived, and each change applies to what was read.
/// </summary>
internal sealed partial class EndpointWatch(
    EndpointStore store,
    EndpointMoves moves,
    EndpointNews news,
    JobTransitions jobs,
    ClientTransitions redeliveries,
    RecordWalks walks,
    TimeProvider time,
    IOptions<EndpointOptions> options,
    ILogger<EndpointWatch> logger)
{
    /// <summary>Of one shard, in one look.</summary>
    private const int MostInALook = 50;

    /// <summary>The longest that a notification may be open before an attempt: scheduled a year ahead, and tried for 40 days.</summary>
    private static readonly TimeSpan OldestOpen = TimeSpan.FromDays(366 + 41);

    /// <summary>How many of an endpoint's failures are tried as its probe: the request of the newest may be gone.</summary>
    private const int ProbesTried = 3;

    /// <summary>Walks that look for attempts of one endpoint; each reads up to a thousand records.</summary>
    private const int MostWalks = 5;
    private const int MostOfAWalk = 1000;

    private static readonly TimeSpan LongestAttempt = TimeSpan.FromMinutes(1);

    /// <returns>How many were seen to, and whether more are due already.</returns>
    public async Task<UpkeepResponse> RunAsync(CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(Shards.Watches.Select(shard => store.DueAsync(shard, time.GetUtcNow(), MostInALook, cancellationToken)));
        var done = 0;

        foreach (var key in shards.SelectMany(shard => shard))
        {
            done += await TryLookAsync(key, cancellationToken) ? 1 : 0;
        }

        return new UpkeepResponse(done, shards.Any(shard => shard.Count == MostInALook) && done > 0);
    }

    /// <summary>One that cannot be looked at keeps nobody from the others.</summary>
    private async Task<bool> TryLookAsync(EndpointKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(key, cancellationToken);
        }
        catch (RecordTroubleException trouble)
        {
            Log.NotLookedAt(logger, key.Id, trouble.Reason);
            return false;
        }
    }

    private async Task<bool> LookAsync(EndpointKey key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        // The index may lag.
        if (await store.GetAsync(key, cancellationToken) is not { } endpoint || endpoint.DueAt is not { } dueAt || dueAt > now)
        {
            return false;
        }

        var outcome = endpoint.Owed.Any(owed => owed.At <= now) ? await SettleAsync(endpoint, now, cancellationToken)
            : endpoint.Status == EndpointStatus.Paused ? await EndPauseAsync(endpoint, cancellationToken)
            : endpoint.Status == EndpointStatus.Disabled ? await ProbeAsync(endpoint, cancellationToken)
            : endpoint.FailingSince is { } since ? await JudgeAsync(endpoint, since, now, cancellationToken)
            : await LookAgainAsync(endpoint, cancellationToken);

        return outcome.Applied;
    }

    /// <summary>What is owed is done first, and taken away then.</summary>
    private async Task<EndpointOutcome> SettleAsync(EndpointRecord endpoint, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var settled = endpoint.Owed.Where(owed => owed.At <= now).ToArray();

        foreach (var owed in settled)
        {
            if (owed.What == OwedKinds.ReleaseHeld)
            {
                await jobs.CreateAsync(ReleaseOf(endpoint, owed.At), cancellationToken);
            }
            else
            {
                await news.TellAsync(endpoint, owed, cancellationToken);
            }
        }

        return await LookAsync(endpoint, EndpointTransitionTable.Look, (seen, _) => seen with { Owed = [.. seen.Owed.Except(settled)] }, cancellationToken);
    }

    private static CreateJobRequest ReleaseOf(EndpointRecord endpoint, DateTimeOffset at) => new(
        RedeliveryJobId.OfRelease(endpoint.Id, at),
        new RedeliveryFilter(at - OldestOpen, at.AddMinutes(1), Owner: endpoint.Owner, Tenant: endpoint.Tenant, EndpointId: endpoint.Id, Held: true),
        RedeliveryRules.DefaultRate,
        endpoint.Owner);

    /// <summary>Its time is over, so it is none already; what was held comes up by itself.</summary>
    private Task<EndpointOutcome> EndPauseAsync(EndpointRecord endpoint, CancellationToken cancellationToken) => LookAsync(
        endpoint,
        EndpointTransitionTable.EndPause,
        (seen, now) => seen.StatusAt(now) == EndpointStatus.Paused ? null : EndpointStates.Unpaused(seen),
        cancellationToken);

    private Task<EndpointOutcome> LookAgainAsync(EndpointRecord endpoint, CancellationToken cancellationToken) =>
        LookAsync(endpoint, EndpointTransitionTable.Look, (seen, _) => seen, cancellationToken);

    /// <summary>Its newest failure is delivered once more, as one attempt: a 2xx enables the endpoint. Noted first, so that the claim lets it pass.</summary>
    private async Task<EndpointOutcome> ProbeAsync(EndpointRecord endpoint, CancellationToken cancellationToken)
    {
        var outcome = new EndpointOutcome(false, null);

        // Whoever looked meanwhile has probed it.
        Func<EndpointRecord, bool> isMine = seen => seen.DueAt == endpoint.DueAt;

        foreach (var candidate in await NewestFailuresAsync(endpoint, cancellationToken))
        {
            outcome = await LookAsync(
                endpoint,
                EndpointTransitionTable.Probe,
                (seen, _) => seen.DisabledReason == DisableReasons.ByOwner || seen.StatusSince != endpoint.StatusSince || !isMine(seen) ? null : seen with { Probe = candidate.Id },
                cancellationToken);

            isMine = seen => seen.Probe == candidate.Id;

            if (!outcome.Applied || await IsUnderWayAsync(candidate.Id, cancellationToken))
            {
                return outcome;
            }
        }

        return outcome.Applied ? outcome : await LookAgainAsync(endpoint, cancellationToken);
    }

    /// <returns>False where it cannot be delivered again. Refused as it is open, it is on its way already: by somebody else, or by a try of ours of which nothing was heard.</returns>
    private async Task<bool> IsUnderWayAsync(string id, CancellationToken cancellationToken)
    {
        var redelivery = await redeliveries.RedeliverByDispatcherAsync(id, cancellationToken);
        return redelivery.Applied || redelivery.Record is { IsFinal: false };
    }

    private async Task<IReadOnlyList<NotificationRecord>> NewestFailuresAsync(EndpointRecord endpoint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var filter = new RecordFilter
        {
            From = now - OldestOpen,
            To = now.AddMinutes(1),
            Status = NotificationStatus.Failed,
            Final = true,
            Owner = endpoint.Owner,
            EndpointId = endpoint.Id,
        };

        return (await walks.WalkAsync(filter, filter.Start(now), ProbesTried, cancellationToken)).Records;
    }

    /// <summary>Warned at half of the time; disabled after all of it, when enough was tried.</summary>
    private async Task<EndpointOutcome> JudgeAsync(EndpointRecord endpoint, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now - since >= options.Value.DisableAfter)
        {
            var (attempts, successAt) = await AttemptsSinceAsync(endpoint, since, now, cancellationToken);

            if (successAt is { } well)
            {
                // Its claim was older than the trouble, so that its result did not say it.
                return await LookAsync(endpoint, EndpointTransitionTable.NoteWell, (seen, _) => seen.FailingSince != since ? null : EndpointStates.Recovered(seen, well), cancellationToken);
            }

            if (attempts >= options.Value.DisableAfterAttempts)
            {
                return await LookAsync(
                    endpoint,
                    EndpointTransitionTable.Disable,
                    (seen, at) => seen.FailingSince != since || seen.StatusAt(at) != EndpointStatus.Active ? null : EndpointStates.Disabled(seen, DisableReasons.Failing, at),
                    cancellationToken);
            }
        }

        return endpoint.WarnedAt is null
            ? await LookAsync(
                endpoint,
                EndpointTransitionTable.Warn,
                (seen, at) => seen.FailingSince != since || seen.WarnedAt is not null ? null : EndpointStates.Owes(seen, new OwedNews(OwedKinds.Failing, at, since)) with { WarnedAt = at },
                cancellationToken)
            : await LookAgainAsync(endpoint, cancellationToken);
    }

    /// <summary>Attempts that ended since then, and when one of them succeeded; of the newest thousands of notifications.</summary>
    private async Task<(int Attempts, DateTimeOffset? SuccessAt)> AttemptsSinceAsync(EndpointRecord endpoint, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The attempt with which it began started before it ended, by a clock of its own.
        var begun = since - LongestAttempt;
        var filter = new RecordFilter { From = since - OldestOpen, To = now.AddMinutes(1), Owner = endpoint.Owner, EndpointId = endpoint.Id };
        var attempts = 0;

        WalkCursor? cursor = filter.Start(now);

        for (var number = 0; number < MostWalks && cursor is not null; number++)
        {
            var walk = await walks.WalkAsync(filter, cursor, MostOfAWalk, cancellationToken, record => record.LastDeliveryAttempt >= begun);

            foreach (var record in walk.Records)
            {
                if (record.DeliveredAt is { } deliveredAt && deliveredAt > since)
                {
                    return (attempts, deliveredAt);
                }

                attempts += record.History.Count(entry => entry.StartedAt >= begun && HasFailed(entry));
            }

            cursor = walk.End;
        }

        return (attempts, null);
    }

    /// <summary>Of one that was lost nobody knows.</summary>
    private static bool HasFailed(HistoryEntry entry) => entry.Category != DeliveryCategory.Success && entry.Category != DeliveryCategory.Abandoned;

    private Task<EndpointOutcome> LookAsync(EndpointRecord endpoint, EndpointTransition row, Func<EndpointRecord, DateTimeOffset, EndpointRecord?> decide, CancellationToken cancellationToken) =>
        moves.TryAsync(new EndpointKey(endpoint.Owner, endpoint.Tenant, endpoint.Id), row, version: null, decide, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{EndpointId} is due to be looked at, and cannot be. {Reason}")]
        public static partial void NotLookedAt(ILogger logger, string endpointId, string reason);
    }
}
