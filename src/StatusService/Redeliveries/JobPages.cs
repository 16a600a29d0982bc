using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.Redeliveries;

/// <summary>
/// Finds what a job redelivers, a page at a time, by the index of what has failed, or of what is open. What is redelivered leaves that index: so the page that is given out is
/// noted with the job, and is given again, less what was redelivered of it, until the job has moved on.
/// </summary>
internal sealed class JobPages(RecordWalks walks, NotificationStore store, JobStore jobs)
{
    /// <param name="job">One that runs.</param>
    /// <param name="limit">Most that are to be redelivered on this page. There may be fewer, even none, as what is read for it is bounded too.</param>
    public async Task<RedeliveryPage> ReadAsync(StoredJob job, int limit, CancellationToken cancellationToken) =>
        job.Page is { } page && page.At == job.Job.Position
            ? await ReadAgainAsync(job.Job, page, cancellationToken)
            : await ReadOnAsync(job.Job, limit, cancellationToken);

    private async Task<RedeliveryPage> ReadOnAsync(RedeliveryJob job, int limit, CancellationToken cancellationToken)
    {
        var filter = JobItem.Filter(job.Filter);
        var walk = await walks.WalkAsync(filter, JobItem.Cursor(job.Position!), limit, cancellationToken, record => IsToBeRedelivered(job, record));

        var page = new NotedPage(
            job.Position!,
            walk.End?.Text(),
            [.. walk.Records.Select(record => record.Id)],
            walk.Seen,
            [.. walk.Unreadable.Select(trouble => trouble.Id)]);

        if (page.Ids.Count > 0)
        {
            await jobs.NotePageAsync(job, page, cancellationToken);
        }

        return page.Give(page.Ids, alreadyRedelivered: 0);
    }

    private async Task<RedeliveryPage> ReadAgainAsync(RedeliveryJob job, NotedPage page, CancellationToken cancellationToken)
    {
        var records = (await store.GetManyAsync(page.Ids, cancellationToken)).Records.Values;

        return page.Give(
            [.. records.Where(record => IsToBeRedelivered(job, record)).Select(record => record.Id)],
            records.Count(record => record.RedeliveryJob == job.Id));
    }

    /// <summary>What failed later was not among those that the operator saw.</summary>
    private static bool IsToBeRedelivered(RedeliveryJob job, NotificationRecord record) => job.Filter.Held
        ? Holds.IsHeld(record)
        : record.IsFinal && record.Status == NotificationStatus.Failed && record.LastUpdatedAt <= job.CreatedAt;
}

/// <summary>A page as it was given out first.</summary>
/// <param name="At">The job's position before it.</param>
/// <param name="Next">And after it; null for the last page.</param>
internal sealed record NotedPage(string At, string? Next, IReadOnlyList<string> Ids, int Seen, IReadOnlyList<string> Unreadable)
{
    public RedeliveryPage Give(IReadOnlyList<string> ids, int alreadyRedelivered) =>
        new(Next, ids, alreadyRedelivered, Seen, Unreadable.Count == 0 ? null : Unreadable);
}

/// <param name="Page">The one that was given out last; null before the first, and when nothing was on it.</param>
internal sealed record StoredJob(RedeliveryJob Job, NotedPage? Page);
