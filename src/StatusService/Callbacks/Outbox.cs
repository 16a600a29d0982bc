using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Callbacks;

/// <summary>Tells owners of notifications that have come to their end. The notification is the outbox: as long as it is owed it has a due time.</summary>
internal sealed partial class Outbox(NotificationStore store, Digests digests, CallbackEvents events, CallbackSubscriptions subscriptions, TimeProvider time, ILogger<Outbox> logger)
{
    /// <summary>Successes that are told, and keys whose failures are, at a time.</summary>
    private const int AtATime = 8;

    /// <summary>How often one that is to be redelivered is told of: each time somebody has moved on.</summary>
    private const int Tries = 10;

    private readonly PassedOver _passedOver = new(time);

    /// <param name="page">Read of each shard, at most.</param>
    public async Task<UpkeepResponse> RunAsync(int page, CancellationToken cancellationToken)
    {
        var (owed, isFull) = await ReadAsync(page, cancellationToken);
        var done = 0;
        var isLeft = false;

        foreach (var together in owed.Where(record => record.Status == NotificationStatus.Success).Chunk(AtATime))
        {
            done += (await Task.WhenAll(together.Select(record => EachAsync(record.Id, () => TellSuccessAsync(record, cancellationToken))))).Count(told => told);
        }

        foreach (var together in Failures(owed).Chunk(AtATime))
        {
            foreach (var step in await Task.WhenAll(together.Select(failures => StepAsync(failures, cancellationToken))))
            {
                done += step.Told;
                isLeft |= step.Wait is not null;
            }
        }

        return new UpkeepResponse(done, More: isLeft || (isFull && done > 0));
    }

    /// <summary>Before one is redelivered, so that its end is told all the same: with whatever else is owed about the same, and in time, or else by itself.</summary>
    /// <param name="record">One that <see cref="OwedCallback.IsOwed"/>.</param>
    /// <exception cref="TableUnavailableException">Others move on faster.</exception>
    public async Task<NotificationRecord?> TellAsync(NotificationRecord record, CancellationToken cancellationToken)
    {
        NotificationRecord? current = record;

        for (var tries = 0; tries < Tries && current is not null && OwedCallback.IsOwed(current); tries++)
        {
            if (current.Status == NotificationStatus.Success)
            {
                await TellSuccessAsync(current, cancellationToken);
            }
            else
            {
                await TellFailureAsync(current, keepsPace: tries == 0, cancellationToken);
            }

            current = await store.GetAsync(record.Id, cancellationToken);
        }

        return current is null || !OwedCallback.IsOwed(current)
            ? current
            : throw new TableUnavailableException(nothingWritten: true, new TimeoutException($"The owner of {record.Id} is to be told of its end before it is redelivered, and others are faster."));
    }

    private async Task TellFailureAsync(NotificationRecord record, bool keepsPace, CancellationToken cancellationToken)
    {
        var key = DigestKey.Of(record);
        var (owed, _) = await ReadAsync(Digests.MostMembers / Shards.Outboxes.Count, cancellationToken);
        var others = owed.Where(other => other.Status == NotificationStatus.Failed && other.Id != record.Id && DigestKey.Of(other) == key);
        var step = await digests.TellAsync(key, [record.Id, .. others.Select(other => other.Id)], keepsPace, cancellationToken);

        if (step.Wait is { } wait)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <returns>Those that are owed, and whether more may be, behind them.</returns>
    private async Task<(IReadOnlyList<NotificationRecord> Owed, bool IsFull)> ReadAsync(int page, CancellationToken cancellationToken)
    {
        var due = await Task.WhenAll(Shards.Outboxes.Select(shard => DueAsync(shard, page, cancellationToken)));

        // What is told of is decided on what is read with strong consistency: this is to find out what belongs together.
        var read = await store.GetManyAsync(due.SelectMany(shard => shard.Ids), cancellationToken);

        foreach (var (id, trouble) in read.Unreadable)
        {
            PassOver(id, trouble);
        }

        return ([.. read.Records.Values.Where(OwedCallback.IsOwed).OrderBy(record => record.DueAt)], due.Any(shard => shard.IsFull));
    }

    private async Task<(IReadOnlyList<string> Ids, bool IsFull)> DueAsync(string shard, int page, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        DuePosition? after = null;

        do
        {
            var answer = await store.DueAsync(shard, time.GetUtcNow(), page, after, cancellationToken);
            ids.AddRange(answer.Items.Select(item => item.Id).Where(id => !_passedOver.Holds(id)));
            after = answer.Next is { } next && DuePosition.TryParse(next, out var position) ? position : null;
        }
        while (ids.Count < page && after is not null);

        // An entry that moved on between two pages may be on both.
        return ([.. ids.Distinct(StringComparer.Ordinal)], after is not null);
    }

    private static IEnumerable<(DigestKey Key, IReadOnlyList<string> Ids)> Failures(IEnumerable<NotificationRecord> owed) =>
        owed.Where(record => record.Status == NotificationStatus.Failed)
            .GroupBy(DigestKey.Of, (key, records) => (key, (IReadOnlyList<string>)[.. records.Select(record => record.Id)]));

    private async Task<DigestStep> StepAsync((DigestKey Key, IReadOnlyList<string> Ids) failures, CancellationToken cancellationToken)
    {
        try
        {
            return await digests.TellAsync(failures.Key, failures.Ids, keepsPace: true, cancellationToken);
        }
        catch (RecordTroubleException trouble)
        {
            foreach (var id in failures.Ids)
            {
                PassOver(id, trouble);
            }

            return default;
        }
    }

    private async Task<bool> TellSuccessAsync(NotificationRecord record, CancellationToken cancellationToken)
    {
        if (await subscriptions.TakesAsync(record.Owner, CallbackTypes.NotificationSucceeded, cancellationToken))
        {
            await events.SucceededAsync(record, cancellationToken);
        }

        await store.ApplyAsync(record.Id, OwedCallback.Told(record, time.GetUtcNow()), cancellationToken);
        return true;
    }

    private async Task<bool> EachAsync(string id, Func<Task<bool>> tell)
    {
        try
        {
            return await tell();
        }
        catch (RecordTroubleException trouble)
        {
            PassOver(id, trouble);
            return false;
        }
    }

    private void PassOver(string id, RecordTroubleException trouble)
    {
        _passedOver.Add(id);
        Log.PassedOver(logger, id, trouble.Reason);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The owner of {NotificationId} is not told of its end for a while: {Reason}")]
        public static partial void PassedOver(ILogger logger, string notificationId, string reason);
    }
}
