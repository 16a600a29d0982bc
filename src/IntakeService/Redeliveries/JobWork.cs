using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.IntakeService.Redeliveries;

/// <summary>
/// Works on one job: a page, its entries at the job's pace, a checkpoint, and so on. It keeps nothing that the checkpoint does not
/// hold. When anything goes wrong it gives the job up, to be taken up again a little later, here or elsewhere: a page that is seen
/// again holds only what is still to be redelivered.
/// </summary>
internal sealed partial class JobWork(RedeliveryClient jobs, JobEntry entry, IOptions<RedeliveryOptions> options, TimeProvider time, ILogger<JobWork> logger)
{
    /// <summary>A page takes about a second, so that a checkpoint is never old and a cancelled job ends soon; and no more than this.</summary>
    private const int LargestPage = 200;

    /// <summary>How long a job rests when the queue or the status service is down, in seconds.</summary>
    private const double RestSeconds = 3;

    private readonly double _leaseSeconds = options.Value.LeaseSeconds;

    /// <summary>Leases a job and works on it until it is done, cancelled, taken over or given up.</summary>
    /// <exception cref="RecordTroubleException">The job itself cannot be read or written as it is.</exception>
    /// <exception cref="StatusUnavailableException">The job stays as it is, and is free again when its lease ends.</exception>
    public async Task RunAsync(string id, CancellationToken stopping)
    {
        var leased = await jobs.LeaseAsync(id, new LeaseJobRequest(_leaseSeconds), stopping);

        if (leased is { Applied: true, Job: { } job })
        {
            Log.Leased(logger, job.Id, job.Reached, job.Counts.Redelivered);
            await WorkAsync(job, stopping);
        }
        else if (leased.Job is { } other && !other.Status.IsKnown())
        {
            throw new RecordTroubleException(id, $"Its status is '{other.Status}', which this release does not know.");
        }
    }

    private async Task WorkAsync(RedeliveryJob leased, CancellationToken stopping)
    {
        var pace = new Pace(leased.RatePerSecond, time);
        var job = leased;

        while (job.Status == RedeliveryJobStatus.Running && job.LeaseToken == leased.LeaseToken)
        {
            if (await PageAsync(job, pace, stopping) is not { } checkpoint)
            {
                await jobs.CheckpointAsync(job.Id, Unchanged(job, stopping.IsCancellationRequested ? 0 : RestSeconds), CancellationToken.None);
                return;
            }

            // Refused, it says where the job is now: this one's own write whose answer was lost, or not this one's any more.
            var noted = await jobs.CheckpointAsync(job.Id, checkpoint, CancellationToken.None);
            job = noted.Job ?? throw new StatusUnavailableException("The job is gone.");
        }

        Log.Ended(logger, job.Id, job.Status.Text(), job.Counts.Seen, job.Counts.Matched, job.Counts.Redelivered, job.Counts.Skipped);
    }

    /// <returns>What to note; null when the job is to be given up for now.</returns>
    private async Task<CheckpointRequest?> PageAsync(RedeliveryJob job, Pace pace, CancellationToken stopping)
    {
        try
        {
            var page = await jobs.PageAsync(job.Id, Math.Min(job.RatePerSecond, LargestPage), stopping);

            foreach (var unreadable in page.Unreadable ?? [])
            {
                Log.Unreadable(logger, job.Id, unreadable);
            }

            var counts = await new JobPage(job, page, entry).RedeliverAsync(pace, stopping);

            if (counts is not null)
            {
                return new CheckpointRequest(job.LeaseToken!, job.Version, page.Next, counts, _leaseSeconds);
            }

            Log.Rests(logger, job.Id, "The queue does not take what is redelivered.");
        }
        catch (StatusUnavailableException exception)
        {
            Log.Rests(logger, job.Id, exception.Message);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Log.Rests(logger, job.Id, "The service stops.");
        }

        return null;
    }

    private static CheckpointRequest Unchanged(RedeliveryJob job, double leaseSeconds) =>
        new(job.LeaseToken!, job.Version, job.Position, job.Counts, leaseSeconds);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Works on {JobId}, which has reached {Reached:O} and redelivered {Redelivered}.")]
        public static partial void Leased(ILogger logger, string jobId, DateTimeOffset reached, long redelivered);

        [LoggerMessage(LogLevel.Error, "{JobId} leaves out {NotificationId}: its record cannot be read.")]
        public static partial void Unreadable(ILogger logger, string jobId, string notificationId);

        [LoggerMessage(LogLevel.Warning, "{JobId} rests for a while. {Reason}")]
        public static partial void Rests(ILogger logger, string jobId, string reason);

        [LoggerMessage(LogLevel.Information, "Leaves {JobId}, which is {Status}: {Seen} seen, {Matched} matched, {Redelivered} redelivered, {Skipped} skipped.")]
        public static partial void Ended(ILogger logger, string jobId, string status, long seen, long matched, long redelivered, long skipped);
    }
}
