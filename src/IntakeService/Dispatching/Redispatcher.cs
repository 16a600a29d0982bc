using System.Diagnostics;
using Microsoft.Extensions.Options;
using Waybill.IntakeService.Queueing;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Dispatching;

/// <summary>
/// Sends one due notification again: read it strongly, mark it, send it; or take the mark back when the queue does not take it.
/// The mark comes first and is conditional on the due time, so of any number of Dispatchers one sends.
/// </summary>
public sealed partial class Redispatcher(StatusClient status, NotificationQueue queue, IOptions<DispatcherOptions> options, ILogger<Redispatcher> logger)
{
    private readonly double _sendAgainSeconds = options.Value.SendAgainSeconds;

    /// <summary>As far as this process knows: then a send may still show that it is back.</summary>
    public bool QueueIsDown => queue.IsDown;

    /// <param name="due">What the index says.</param>
    /// <param name="stopping">Ends it before anything is marked; from then on it is finished.</param>
    /// <exception cref="RecordTroubleException">It cannot be dispatched for a reason of its own.</exception>
    /// <exception cref="StatusUnavailableException">The status service gave no answer. The record stays due, or becomes due again.</exception>
    public async Task<DispatchStep> HandleAsync(DueNotification due, CancellationToken stopping)
    {
        var record = await ReadAsync(due.Id, stopping);

        switch (DispatchDecision.About(due, record))
        {
            case DispatchDecision.Dispatch:
                return await DispatchAsync(due, record!);

            case DispatchDecision.Abandon abandon:
                return await AbandonAsync(due, abandon.Reason);

            case DispatchDecision.Skip skip:
                throw new RecordTroubleException(due.Id, skip.Reason);

            default:
                return DispatchStep.Nothing;
        }
    }

    /// <summary>
    /// Where one record gets no answer, again and again, and its shard does in between, the trouble is the record's own: the status service
    /// and the table are there.
    /// </summary>
    private async Task<NotificationRecord?> ReadAsync(string id, CancellationToken stopping)
    {
        try
        {
            return await status.GetAsync(id, stopping);
        }
        catch (StatusUnavailableException)
        {
            await status.DueAsync(Shards.Due(id), 1, null, stopping);
        }

        try
        {
            return await status.GetAsync(id, stopping);
        }
        catch (StatusUnavailableException exception)
        {
            throw new RecordTroubleException(id, exception.Message, exception) { ForGood = false };
        }
    }

    private async Task<DispatchStep> DispatchAsync(DueNotification due, NotificationRecord record)
    {
        using var activity = ContinueTrace(record);
        var marked = await status.RedispatchAsync(due.Id, new RedispatchRequest(due.DueAt), CancellationToken.None);

        if (!marked.Applied)
        {
            return DispatchStep.Nothing;
        }

        var error = await queue.TrySendAsync(record);

        if (error is null)
        {
            Log.Dispatched(logger, due.Id, record.Status.Text(), due.DueAt);
            return DispatchStep.Done;
        }

        await RollBackAsync(due.Id, marked.Record!.Version, error);
        return DispatchStep.QueueFailed;
    }

    private async Task RollBackAsync(string id, int version, string error)
    {
        try
        {
            // A refusal means that the send had arrived after all and a worker has it.
            await status.RollBackAsync(id, new RollBackRequest(version, error, _sendAgainSeconds), CancellationToken.None);
        }
        catch (Exception exception) when (exception is StatusUnavailableException or RecordTroubleException)
        {
            Log.NotRolledBack(logger, id, exception.Message);
        }
    }

    private async Task<DispatchStep> AbandonAsync(DueNotification due, string reason)
    {
        var abandoned = await status.AbandonAsync(due.Id, new AbandonRequest(due.DueAt, reason), CancellationToken.None);

        if (!abandoned.Applied)
        {
            return DispatchStep.Nothing;
        }

        Log.Abandoned(logger, due.Id, reason);
        return DispatchStep.Done;
    }

    /// <summary>The trace of the client's request goes on in every later send.</summary>
    private static Activity? ContinueTrace(NotificationRecord record)
    {
        _ = ActivityContext.TryParse(record.Traceparent, null, isRemote: true, out var origin);
        var activity = WaybillTelemetry.Source.StartActivity("dispatch due notification", ActivityKind.Internal, origin);

        activity?.SetTag(WaybillTelemetry.NotificationId, record.Id);
        activity?.SetTag(WaybillTelemetry.CorrelationId, record.CorrelationId);
        activity?.SetTag(WaybillTelemetry.NotificationStatus, record.Status.Text());

        return activity;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Dispatched {NotificationId}, which was {Status} and due at {DueAt:O}.")]
        public static partial void Dispatched(ILogger logger, string notificationId, string status, DateTimeOffset dueAt);

        [LoggerMessage(LogLevel.Error, "The queue did not take {NotificationId}, and that could not be noted. It is sent again when it is next due. {Reason}")]
        public static partial void NotRolledBack(ILogger logger, string notificationId, string reason);

        [LoggerMessage(LogLevel.Error, "Gave up {NotificationId}: {Reason}")]
        public static partial void Abandoned(ILogger logger, string notificationId, string reason);
    }
}
