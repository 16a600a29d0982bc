using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.StatusService.Page.Redeliveries;

/// <summary>A bulk redelivery as the page shows it: without the right to work on it, which is intake's.</summary>
/// <param name="Progress">How much of the time in which they may have failed, from the job's creation back to the window's start, has been looked at: 0 to 1.</param>
/// <param name="Reached">What failed at this time or later has been looked at.</param>
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
        new(job.Id, job.Status, job.Filter, job.Counts, ProgressOf(job), job.Reached, job.CreatedBy, job.CreatedAt, job.FinishedAt);

    private static double ProgressOf(RedeliveryJob job)
    {
        var whole = job.CreatedAt - job.Filter.From;

        // A window may begin a moment after the job does, as clocks differ.
        return whole > TimeSpan.Zero ? Math.Round(Math.Clamp((job.CreatedAt - job.Reached) / whole, 0, 1), 4) : 0;
    }
}

/// <summary>The newest ones, newest first.</summary>
internal sealed record RedeliveryViews(IReadOnlyList<RedeliveryView> Items);
