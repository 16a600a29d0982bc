using System.Diagnostics;
using Microsoft.Extensions.Options;
using Waybill.IntakeService.Queueing;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Dispatching;

/// <summary>
/// Sends one due notification again: the status service reads it, decides, and marks it or gives it up; what is marked is sent, and the mark
/// taken back when the queue does not take it. The mark comes first and is conditional on the due time, so of any number of Dispatchers one sends.
/// </summary>
public sealed partial class Redispatcher(StatusClient status, NotificationQueue queue, IOptions<DispatcherOptions> options, ILogger<Redispatcher> logger)
{
    private readonly double _sendAgainSeconds = options.Value.SendAgainSeconds;

    /// <summary>As far as this process knows: then a send may still show that it is back.</summary>
    public bool QueueIsDown => queue.IsDown;

    /// <param name="due">What the index says.</param>
    /// <param name="stopping">Ends it where it was not answered; what is marked is finished.</param>
    /// <exception cref="RecordTroubleException">It cannot be dispatched for a reason of its own.</exception>
    /// <exception cref="StatusUnavailableException">The status service gave no answer. The record stays due, or becomes due again.</exception>
    public async Task<DispatchStep> HandleAsync(DueNotification due, CancellationToken stopping)
    {
        if (EventIds.IsValid(due.Id))
        {
            return await FinishFanOutAsync(due.Id);
        }

        switch (await AskAsync(due, stopping))
        {
            case DispatchOutcome.Dispatched dispatched:
                return await SendAsync(due, dispatched.Record);

            case DispatchOutcome.Abandoned abandoned:
                Log.Abandoned(logger, due.Id, abandoned.Reason);
                return DispatchStep.Done;

            default:
                return DispatchStep.Nothing;
        }
    }

    /// <summary>What is stored of its notifications then is due at once, and comes up as any other.</summary>
    /// <returns>Nothing: there is no such event any more, or the status service is of release 0.1, which knows none; then the marker waits for a newer one.</returns>
    private async Task<DispatchStep> FinishFanOutAsync(string eventId)
    {
        var outcome = await status.FinishFanOutAsync(eventId, CancellationToken.None);

        if (outcome.Answer is not { } answer)
        {
            return DispatchStep.Nothing;
        }

        Log.FanOutFinished(logger, eventId, answer.Notifications.Count);
        return DispatchStep.Done;
    }

    /// <summary>
    /// Where one record gets no answer, cannot be read either, and its shard can in between, the trouble is the record's own: the status
    /// service and the table are there. One that can be read is asked about once more; what it does not answer then is an outage.
    /// </summary>
    private async Task<DispatchOutcome> AskAsync(DueNotification due, CancellationToken stopping)
    {
        var request = new DispatchRequest(due.DueAt);

        try
        {
            return await status.DispatchAsync(due.Id, request, CancellationToken.None);
        }
        catch (StatusUnavailableException)
        {
            await status.DueAsync(Shards.Due(due.Id), 1, null, stopping);
        }

        try
        {
            await status.GetAsync(due.Id, stopping);
        }
        catch (StatusUnavailableException exception)
        {
            throw new RecordTroubleException(due.Id, exception.Message, exception) { ForGood = false };
        }

        return await status.DispatchAsync(due.Id, request, CancellationToken.None);
    }

    private async Task<DispatchStep> SendAsync(DueNotification due, NotificationRecord marked)
    {
        using var activity = ContinueTrace(marked);
        var error = await queue.TrySendAsync(marked);

        if (error is null)
        {
            Log.Dispatched(logger, due.Id, marked.PreviousStatus?.Text(), due.DueAt);
            return DispatchStep.Done;
        }

        await RollBackAsync(due.Id, marked.Version, error);
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

    /// <summary>The trace of the client's request goes on in every later send.</summary>
    private static Activity? ContinueTrace(NotificationRecord marked)
    {
        _ = ActivityContext.TryParse(marked.Traceparent, null, isRemote: true, out var origin);
        var activity = WaybillTelemetry.Source.StartActivity("dispatch due notification", ActivityKind.Internal, origin);

        activity?.SetTag(WaybillTelemetry.NotificationId, marked.Id);
        activity?.SetTag(WaybillTelemetry.CorrelationId, marked.CorrelationId);
        activity?.SetTag(WaybillTelemetry.NotificationStatus, marked.PreviousStatus?.Text());

        return activity;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Dispatched {NotificationId}, which was {Status} and due at {DueAt:O}.")]
        public static partial void Dispatched(ILogger logger, string notificationId, string? status, DateTimeOffset dueAt);

        [LoggerMessage(LogLevel.Warning, "Whoever took {EventId} in did not come to the end of it: its {Notifications} notifications are stored now.")]
        public static partial void FanOutFinished(ILogger logger, string eventId, int notifications);

        [LoggerMessage(LogLevel.Error, "The queue did not take {NotificationId}, and that could not be noted. It is sent again when it is next due. {Reason}")]
        public static partial void NotRolledBack(ILogger logger, string notificationId, string reason);

        [LoggerMessage(LogLevel.Error, "Gave up {NotificationId}: {Reason}")]
        public static partial void Abandoned(ILogger logger, string notificationId, string reason);
    }
}
