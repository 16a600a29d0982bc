using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.StatusService.Page.Redeliveries;

/// <summary>A bulk redelivery as the page shows it: without the right to work on it, which is intake's.</summary>
/// <param name="Progress">As <see cref="RedeliveryJob.Progress"/>.</param>
/// <param name="Reached">As <see cref="RedeliveryJob.Reached"/>.</param>
internal sealed record RedeliveryView(
    string Id,
    RedeliveryJobStatus Status,
    RedeliveryFilter Filter,
    RedeliveryCounts Counts,
    double Progress,
    DateTimeOffset Reached,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt)
{
    public static RedeliveryView Of(RedeliveryJob job) =>
        new(job.Id, job.Status, job.Filter, job.Counts, job.Progress, job.Reached, job.CreatedBy, job.CreatedAt, job.FinishedAt);
}

/// <summary>The newest ones, newest first.</summary>
internal sealed record RedeliveryViews(IReadOnlyList<RedeliveryView> Items);
