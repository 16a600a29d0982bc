using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.StatusService.Store.Recent;

/// <summary>
/// Walks through the table by the index that fits what is looked for, from newest to oldest, and keeps the records that are asked for. Indexes hold
/// keys only, so each record that its key does not rule out is read to be judged; what one walk reads is bounded, and it says where it stopped.
/// </summary>
internal sealed class RecordWalks(
    RecentIndex recent,
    FailedIndex failed,
    CorrelationIndex correlation,
    EndpointIndex endpoint,
    OlderIndex older,
    OpenRecords open,
    NotificationStore store,
    TimeProvider time)
{
    /// <summary>Reads of an index in one walk, each an hour or a part of one that has something.</summary>
    private const int MaxIndexReads = 32;

    /// <summary>Records read in one walk, about.</summary>
    private const int MaxRecords = 1000;

    /// <summary>Records read before the next look whether they are enough: at least so many as are worth a call.</summary>
    private const int FewestTogether = 25;
    private const int MostTogether = 400;

    /// <param name="limit">Records to keep at most.</param>
    /// <param name="takes">What the filter cannot say, asked of the records that it takes; null for nothing.</param>
    public async Task<RecordWalk> WalkAsync(RecordFilter filter, WalkCursor start, int limit, CancellationToken cancellationToken, Func<NotificationRecord, bool>? takes = null)
    {
        var walk = new Walk(filter, start, limit, takes);

        while (walk.Cursor is { } cursor)
        {
            await StepAsync(walk, cursor, cancellationToken);

            if (walk.Cursor is { IsAtEnd: true } ended)
            {
                walk.Cursor = filter.After(ended, time.GetUtcNow());
            }

            if (walk.IsFull || walk.IndexReads >= MaxIndexReads || walk.Seen >= MaxRecords)
            {
                break;
            }
        }

        return new RecordWalk(walk.Kept, walk.Unreadable, walk.Seen, walk.LookedAt, walk.Cursor);
    }

    private Task StepAsync(Walk walk, WalkCursor cursor, CancellationToken cancellationToken)
    {
        var filter = walk.Filter;

        return cursor.Step switch
        {
            WalkStep.Failed => FailedAsync(walk, cursor, cancellationToken),
            WalkStep.Open => OpenAsync(walk, cursor, cancellationToken),
            WalkStep.Correlation => IndexAsync(walk, cursor, correlation, _ => true, (_, _) => true, cancellationToken),
            WalkStep.Endpoint => IndexAsync(walk, cursor, endpoint, _ => true, (_, _) => true, cancellationToken),
            WalkStep.Older => IndexAsync(walk, cursor, older, _ => true, (record, read) => IsMissed(filter, record, read), cancellationToken),
            _ => IndexAsync(walk, cursor, recent, _ => true, (_, _) => true, cancellationToken),
        };
    }

    /// <summary>By the steps before.</summary>
    private static bool IsMissed(RecordFilter filter, NotificationRecord record, RecordsRead read) =>
        filter.CorrelationId is not null ? !read.IsCorrelated(record.Id) : record.IsFinal && !read.IsAmongFailures(record.Id);

    /// <summary>The key rules out what is of another host, category or time; its marks may be those of two, so the record is judged too.</summary>
    private Task FailedAsync(Walk walk, WalkCursor cursor, CancellationToken cancellationToken)
    {
        var chooses = walk.Filter.Chooses(cursor.From, cursor.To);
        return IndexAsync(walk, cursor, failed, entry => chooses(entry.Failure!), (record, _) => record.IsFinal && record.Status == NotificationStatus.Failed, cancellationToken);
    }

    /// <summary>
    /// While they are few, all that are open are read, as only their records tell when they were created. When more are open than that,
    /// all records are gone through instead, in the same order.
    /// </summary>
    private async Task OpenAsync(Walk walk, WalkCursor cursor, CancellationToken cancellationToken)
    {
        if (await open.ReadAllAsync(cancellationToken) is not { } read)
        {
            await IndexAsync(walk, cursor, walk.Filter.EndpointId is null ? recent : endpoint, _ => true, (record, _) => !record.IsFinal, cancellationToken);
            return;
        }

        var entries = read.Records.Values
            .Where(record => !record.IsFinal && walk.Takes(record) && cursor.IsInWindow(record.CreatedAt))
            .Select(record => (Record: record, Entry: new IndexEntry(record.Id, record.CreatedAt.ToUnixTimeMilliseconds())))
            .Where(one => cursor.Position.IsBefore(one.Entry))
            .OrderByDescending(one => one.Entry.Milliseconds)
            .ThenByDescending(one => one.Entry.Tie, StringComparer.Ordinal)
            .ToList();

        walk.Looked(read.Records.Count, read.Records.Count);
        walk.Unreadable.AddRange(read.Unreadable.Values);

        foreach (var (record, entry) in entries)
        {
            if (walk.IsFull)
            {
                return;
            }

            walk.Kept.Add(record);
            walk.Cursor = cursor with { Position = RecentPosition.After(entry) };
        }

        walk.Cursor = cursor.AtEnd();
    }

    private async Task IndexAsync(
        Walk walk,
        WalkCursor start,
        TimeIndex index,
        Func<IndexEntry, bool> chooses,
        Func<NotificationRecord, RecordsRead, bool> belongs,
        CancellationToken cancellationToken)
    {
        var scope = new IndexScope(walk.Filter.Owner, walk.Filter.CorrelationId, walk.Filter.EndpointId);
        var wanted = walk.Filter.IsNarrow ? MaxRecords : walk.Missing;

        await foreach (var (entries, next) in index.ReadAsync(scope, start.Position, start.From, wanted, cancellationToken))
        {
            var chosen = entries.Where(chooses).ToArray();
            var judged = await JudgeAsync(walk, start, chosen, belongs, cancellationToken);

            walk.Looked(entries.Count, judged);
            walk.IndexReads++;
            walk.Cursor = start with { Position = judged == chosen.Length ? next : RecentPosition.After(chosen[judged - 1]) };

            if (walk.IsFull || walk.IndexReads >= MaxIndexReads || walk.Seen >= MaxRecords)
            {
                return;
            }
        }
    }

    /// <returns>How many entries were judged until the limit was reached.</returns>
    private async Task<int> JudgeAsync(
        Walk walk,
        WalkCursor cursor,
        IReadOnlyList<IndexEntry> entries,
        Func<NotificationRecord, RecordsRead, bool> belongs,
        CancellationToken cancellationToken)
    {
        var judged = 0;

        while (judged < entries.Count && !walk.IsFull)
        {
            var together = entries.Skip(judged).Take(Math.Clamp(walk.Missing, FewestTogether, MostTogether)).ToArray();
            var read = await store.GetManyAsync(together.Select(entry => entry.Id), cancellationToken);

            foreach (var entry in together.TakeWhile(_ => !walk.IsFull))
            {
                judged++;

                if (read.Records.TryGetValue(entry.Id, out var record) && cursor.IsInWindow(record.CreatedAt) && belongs(record, read) && walk.Takes(record))
                {
                    walk.Kept.Add(record);
                }
                else if (read.Unreadable.TryGetValue(entry.Id, out var trouble))
                {
                    walk.Unreadable.Add(trouble);
                }
            }
        }

        return judged;
    }

    /// <summary>What one walk has found so far.</summary>
    private sealed class Walk(RecordFilter filter, WalkCursor start, int limit, Func<NotificationRecord, bool>? takes)
    {
        public RecordFilter Filter => filter;

        public List<NotificationRecord> Kept { get; } = [];

        public List<RecordTroubleException> Unreadable { get; } = [];

        /// <summary>Null: there is nothing more.</summary>
        public WalkCursor? Cursor { get; set; } = start;

        public int IndexReads { get; set; }

        /// <summary>Records that were read.</summary>
        public int Seen { get; private set; }

        /// <summary>Those, and what was ruled out by its key.</summary>
        public int LookedAt { get; private set; }

        public int Missing => limit - Kept.Count;

        public bool IsFull => Missing <= 0;

        public bool Takes(NotificationRecord record) => filter.Takes(record) && takes?.Invoke(record) != false;

        public void Looked(int keys, int records)
        {
            LookedAt += keys;
            Seen += records;
        }
    }
}

/// <param name="Records">Those that were asked for, newest first.</param>
/// <param name="Unreadable">Those in between that cannot be read: whether they would have been asked for is not known.</param>
/// <param name="Seen">How many were read to find them.</param>
/// <param name="LookedAt">Those, and the ones that were ruled out without being read.</param>
/// <param name="End">Where the next walk goes on; null when there is nothing more.</param>
internal sealed record RecordWalk(
    IReadOnlyList<NotificationRecord> Records,
    IReadOnlyList<RecordTroubleException> Unreadable,
    int Seen,
    int LookedAt,
    WalkCursor? End);
