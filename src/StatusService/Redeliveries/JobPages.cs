using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Redeliveries;

/// <summary>Finds what a job redelivers, a page at a time: nothing of it is kept between two pages but the position.</summary>
internal sealed class JobPages(RecentRecords recent)
{
    /// <param name="job">One that runs.</param>
    /// <param name="limit">Most that are to be redelivered on this page. There may be fewer, even none, as what is read for it is bounded too.</param>
    public async Task<RedeliveryPage> ReadAsync(RedeliveryJob job, int limit, CancellationToken cancellationToken)
    {
        var alreadyRedelivered = 0;

        bool Takes(NotificationRecord record)
        {
            alreadyRedelivered += record.RedeliveryJob == job.Id ? 1 : 0;
            return IsToBeRedelivered(job, record);
        }

        var walk = await recent.WalkAsync(null, JobItem.Cursor(job.Position!), limit, Takes, cancellationToken);

        return new RedeliveryPage(
            walk.End.IsAtEnd ? null : walk.End.Text(),
            [.. walk.Records.Select(record => record.Id)],
            alreadyRedelivered,
            walk.Seen,
            walk.Unreadable.Count == 0 ? null : [.. walk.Unreadable.Select(trouble => trouble.Id)]);
    }

    private static bool IsToBeRedelivered(RedeliveryJob job, NotificationRecord record) =>
        record.IsFinal
        && record.Status == NotificationStatus.Failed
        && record.LastUpdatedAt <= job.CreatedAt
        && (job.Filter.Host is not { } host || UrlHost.Is(record.Url, host))
        && (job.Filter.Category is not { } category || record.DeliveryResult?.Category == category);
}
