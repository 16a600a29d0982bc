using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.StatusService.Page.Redeliveries;

/// <summary>A bulk redelivery as the page shows it: without the right to work on it, which is intake's.</summary>
/// <param name="Progress">How much of the window, by time, has been looked at: 0 to 1.</param>
internal sealed record RedeliveryView(
    string Id,
    RedeliveryJobStatus Status,
    RedeliveryFilter Filter,
    RedeliveryCounts Counts,
    double Progress,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt)
{
    public static RedeliveryView Of(RedeliveryJob job) =>
        new(job.Id, job.Status, job.Filter, job.Counts, ProgressOf(job), job.CreatedBy, job.CreatedAt, job.FinishedAt);

    private static double ProgressOf(RedeliveryJob job) =>
        Math.Round((job.Filter.To - job.Reached) / (job.Filter.To - job.Filter.From), 4);
}

/// <summary>The newest ones, newest first.</summary>
internal sealed record RedeliveryViews(IReadOnlyList<RedeliveryView> Items);
