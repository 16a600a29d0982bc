using Waybill.IntakeService.Submissions;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Redeliveries;

/// <summary>Redelivers one notification in a job's name, as a client's own redelivery does: the transition, then the send.</summary>
internal sealed partial class JobEntry(StatusClient status, Submitter submitter, TimeProvider time, ILogger<JobEntry> logger)
{
    /// <exception cref="StatusUnavailableException">It is not known whether the transition was written; asked for again, it applies once.</exception>
    public async Task<EntryOutcome> RedeliverAsync(RedeliveryJob job, string id)
    {
        try
        {
            return await MoveAsync(job, id);
        }
        catch (RecordTroubleException trouble)
        {
            Log.Trouble(logger, job.Id, id, trouble.Reason);
            return EntryOutcome.Skipped;
        }
    }

    private async Task<EntryOutcome> MoveAsync(RedeliveryJob job, string id)
    {
        using var activity = WaybillTelemetry.Source.StartActivity("redeliver notification");
        activity?.SetTag(WaybillTelemetry.NotificationId, id);

        var outcome = await status.RedeliverAsync(id, new RedeliverByJobRequest(job.Id, job.CreatedAt, job.Filter.Held), CancellationToken.None);
        WaybillTelemetry.LinkToOrigin(outcome.Record?.Traceparent);

        if (!outcome.Applied)
        {
            // By this job: the answer to an earlier try was lost, or a process that is slow to notice that its lease has ended was faster.
            return outcome.Record?.RedeliveryJob == job.Id ? EntryOutcome.Redelivered : EntryOutcome.Skipped;
        }

        if (outcome.Record!.DeliverAt > time.GetUtcNow() && job.Filter.Held)
        {
            // It was scheduled for later, and still is.
            return EntryOutcome.Redelivered;
        }

        // PENDING: the queue or the table is not well, and the job is to leave them in peace for a while.
        return (await submitter.SendAsync(outcome.Record)).Record.Status == NotificationStatus.Pending
            ? EntryOutcome.QueueFailed
            : EntryOutcome.Redelivered;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{JobId} leaves out {NotificationId}: its record cannot be written. {Reason}")]
        public static partial void Trouble(ILogger logger, string jobId, string notificationId, string reason);
    }
}

/// <summary>What became of one notification that a job was to redeliver.</summary>
internal enum EntryOutcome
{
    Redelivered,

    /// <summary>Somebody else had moved it on, there is nothing left to send, or its record cannot be written.</summary>
    Skipped,

    /// <summary>It is to be delivered again, but the queue did not take it, or that could not be noted: it is sent all the same, and the job waits.</summary>
    QueueFailed,
}
