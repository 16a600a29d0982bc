using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.IntakeService.Redeliveries;

/// <summary>Redelivers what is on one page, at the job's pace, some at the same time.</summary>
internal sealed class JobPage(RedeliveryJob job, RedeliveryPage page, JobEntry entry)
{
    /// <summary>Enough for the highest rate there is; the transport puts sends of the same moment into one call.</summary>
    private const int Concurrency = 16;

    private int _redelivered;
    private int _skipped;
    private volatile bool _queueFailed;

    /// <returns>The job's counts with this page; null when the queue did not take one, and the rest of the page was left.</returns>
    /// <exception cref="Notifications.StatusApi.StatusUnavailableException">The status service gave no answer, and the rest of the page was left.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was cancelled; what was begun has been finished.</exception>
    public async Task<RedeliveryCounts?> RedeliverAsync(Pace pace, CancellationToken stopping)
    {
        var inHand = new List<Task>(Concurrency);

        try
        {
            foreach (var id in page.Ids)
            {
                await pace.WaitAsync(stopping);

                if (inHand.Count == Concurrency)
                {
                    await Task.WhenAny(inHand);
                }

                foreach (var ended in inHand.Where(entry => entry.IsCompleted).ToArray())
                {
                    inHand.Remove(ended);
                    await ended;
                }

                stopping.ThrowIfCancellationRequested();

                if (_queueFailed)
                {
                    break;
                }

                inHand.Add(RedeliverAsync(id));
            }
        }
        finally
        {
            // What was begun is finished, whatever ends the page.
            await Task.WhenAll(inHand);
        }

        return _queueFailed ? null : Sum();
    }

    private async Task RedeliverAsync(string id) => Note(await entry.RedeliverAsync(job, id));

    private void Note(EntryOutcome outcome)
    {
        switch (outcome)
        {
            case EntryOutcome.Redelivered:
                Interlocked.Increment(ref _redelivered);
                break;

            case EntryOutcome.Skipped:
                Interlocked.Increment(ref _skipped);
                break;

            default:
                _queueFailed = true;
                break;
        }
    }

    private RedeliveryCounts Sum()
    {
        var before = job.Counts;

        return new RedeliveryCounts(
            before.Seen + page.Seen,
            before.Matched + page.Ids.Count + page.AlreadyRedelivered,
            before.Redelivered + _redelivered + page.AlreadyRedelivered,
            before.Skipped + _skipped,
            before.Unreadable + (page.Unreadable?.Count ?? 0));
    }
}
