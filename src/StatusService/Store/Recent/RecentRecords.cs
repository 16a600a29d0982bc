using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.StatusService.Store.Recent;

/// <summary>
/// Walks the index from newest to oldest and keeps the records that are asked for. The index holds keys only, so each record
/// is read to be judged; what one walk reads is bounded, and it says where it stopped.
/// </summary>
internal sealed class RecentRecords(RecentIndex recent, NotificationStore store)
{
    /// <summary>Reads of the index in one walk, each an hour or a part of one; more than a day's, which is the default window.</summary>
    private const int MaxIndexReads = 32;

    /// <summary>Records read in one walk, about.</summary>
    private const int MaxRecords = 1000;

    /// <summary>Records in one read: enough to be worth a call, and no more than DynamoDB takes.</summary>
    private const int FewestTogether = 25;
    private const int MostTogether = 100;

    /// <param name="owner">Whose; null for all.</param>
    /// <param name="limit">Records to keep at most.</param>
    public Task<RecentWalk> WalkAsync(string? owner, RecentCursor start, int limit, Func<NotificationRecord, bool> takes, CancellationToken cancellationToken) =>
        WalkAsync(recent, owner, start, limit, takes, cancellationToken);

    private async Task<RecentWalk> WalkAsync(TimeIndex index, string? owner, RecentCursor start, int limit, Func<NotificationRecord, bool> takes, CancellationToken cancellationToken)
    {
        var kept = new List<NotificationRecord>();
        var unreadable = new List<RecordTroubleException>();
        var position = start;
        var seen = 0;
        var reads = 0;

        if (start.IsAtEnd)
        {
            return new RecentWalk(kept, unreadable, seen, start);
        }

        await foreach (var (entries, next) in index.ReadAsync(owner, start.Position, start.From, cancellationToken))
        {
            var judged = await JudgeAsync(entries, limit, takes, kept, unreadable, cancellationToken);

            seen += judged;
            position = position with { Position = judged == entries.Count ? next : RecentPosition.After(entries[judged - 1]) };

            if (++reads == MaxIndexReads || seen >= MaxRecords || kept.Count >= limit)
            {
                break;
            }
        }

        return new RecentWalk(kept, unreadable, seen, position);
    }

    /// <returns>How many entries were judged until the limit was reached.</returns>
    private async Task<int> JudgeAsync(
        IReadOnlyList<IndexEntry> entries,
        int limit,
        Func<NotificationRecord, bool> takes,
        List<NotificationRecord> kept,
        List<RecordTroubleException> unreadable,
        CancellationToken cancellationToken)
    {
        var judged = 0;

        while (judged < entries.Count && kept.Count < limit)
        {
            var count = Math.Clamp(limit - kept.Count, FewestTogether, MostTogether);
            var together = entries.Skip(judged).Take(count).ToArray();
            var read = await store.GetManyAsync(together.Select(entry => entry.Id), cancellationToken);

            foreach (var entry in together.TakeWhile(_ => kept.Count < limit))
            {
                judged++;

                if (read.Records.TryGetValue(entry.Id, out var record) && takes(record))
                {
                    kept.Add(record);
                }
                else if (read.Unreadable.TryGetValue(entry.Id, out var trouble))
                {
                    unreadable.Add(trouble);
                }
            }
        }

        return judged;
    }
}

/// <param name="Records">Those that were asked for, newest first.</param>
/// <param name="Unreadable">Those in between that cannot be read: whether they would have been asked for is not known.</param>
/// <param name="Seen">How many were read to find them.</param>
/// <param name="End">Where the next walk goes on.</param>
internal sealed record RecentWalk(IReadOnlyList<NotificationRecord> Records, IReadOnlyList<RecordTroubleException> Unreadable, int Seen, RecentCursor End);
