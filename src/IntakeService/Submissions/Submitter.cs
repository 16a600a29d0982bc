using System.Diagnostics;
using System.Text.Json.Serialization;
using Waybill.IntakeService.Queueing;
using Waybill.IntakeService.Reading;
using Waybill.IntakeService.Submissions.Batches;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Submissions;

/// <summary>
/// Takes one notification: store it, send it to the queue, note that it is queued; or, when the queue does not take it, note
/// why and leave it to the Dispatcher. Nothing here is cancelled by a client that hangs up, so that nothing is left half done.
/// </summary>
public sealed partial class Submitter(StatusClient status, NotificationQueue queue, TimeProvider time, ILogger<Submitter> logger)
{
    /// <summary>
    /// When the Dispatcher is to send what the queue did not take. Short, as the send that failed may have waited for 5 s, and
    /// an outage is to be healed within 10 s of its end; it costs nothing, as the Dispatcher's pass ends at the first failure.
    /// </summary>
    private static readonly TimeSpan SendAgainAfter = TimeSpan.FromSeconds(2);

    public Task<SubmissionOutcome> SubmitAsync(Submission submission, string owner, string? idempotencyKey)
    {
        var request = ToAcceptRequest(submission, owner, idempotencyKey);
        WaybillTelemetry.Identify(request.Id, request.CorrelationId);

        // What waits for the answer holds nothing of the request: the client that asks has it once.
        return SubmitAsync(request.Id, request.Fingerprint, status.AcceptAsync(request, CancellationToken.None), idempotencyKey is not null);
    }

    private async Task<SubmissionOutcome> SubmitAsync(string id, string fingerprint, Task<TransitionOutcome> accepting, bool hasKey)
    {
        try
        {
            var accepted = await accepting;

            return accepted.Record is { } record && record.Fingerprint == fingerprint
                ? await ContinueAsync(record, !accepted.Applied && hasKey)
                : new SubmissionOutcome.KeyReused(id);
        }
        catch (StatusUnavailableException exception)
        {
            Log.NotAccepted(logger, id, exception.NothingWritten, exception.Message);
            return new SubmissionOutcome.NotAccepted(id, exception.NothingWritten);
        }
        catch (RecordTroubleException trouble)
        {
            Log.Trouble(logger, trouble.Id, trouble.Reason);
            return new SubmissionOutcome.Troubled(trouble.Id, trouble.Reason);
        }
    }

    /// <summary>
    /// Sends a stored notification that is PENDING to the queue and notes that it is queued, or that the queue did not take it. What is
    /// stored is accepted, whatever can be noted then: an error would make clients send it once more.
    /// </summary>
    /// <param name="replayed">True when an earlier request with the same Idempotency-Key had stored it.</param>
    public async Task<SubmissionOutcome.Accepted> SendAsync(NotificationRecord record, bool replayed = false)
    {
        var error = await queue.TrySendAsync(record);

        return error is null
            ? await NoteQueuedAsync(record, replayed)
            : Accepted(record, await RollBackAsync(record, error), replayed);
    }

    /// <summary>Sends what is stored of an event, and has not been sent yet.</summary>
    public Task<SubmissionOutcome.Accepted> ContinueAsync(NotificationRecord record) => ContinueAsync(record, replayed: false);

    /// <summary>A repeat that finds the notification still unsent sends it: the first request may have ended before it could.</summary>
    private async Task<SubmissionOutcome.Accepted> ContinueAsync(NotificationRecord record, bool replayed)
    {
        var isScheduled = record.DeliverAt > time.GetUtcNow();
        var isHeld = record.WaitingReason == WaitingReasons.EndpointPaused;

        return record.Status != NotificationStatus.Pending || isScheduled || isHeld
            ? Accepted(record, record.Status, replayed)
            : await SendAsync(record, replayed);
    }

    private async Task<SubmissionOutcome.Accepted> NoteQueuedAsync(NotificationRecord record, bool replayed)
    {
        try
        {
            // A refusal means that someone was faster, most likely the worker: it was queued all the same.
            await status.QueuedAsync(record.Id, CancellationToken.None);
            return Accepted(record, NotificationStatus.Queued, replayed);
        }
        catch (Exception exception) when (exception is StatusUnavailableException or RecordTroubleException)
        {
            Log.NotNotedAsQueued(logger, record.Id, exception.Message);
            return Accepted(record, NotificationStatus.Pending, replayed);
        }
    }

    /// <returns>The status to tell the client: PENDING, or QUEUED when the send that seemed to fail has reached a worker.</returns>
    private async Task<NotificationStatus> RollBackAsync(NotificationRecord record, string error)
    {
        try
        {
            var request = new RollBackRequest(record.Version, error, SendAgainAfter.TotalSeconds);
            var rolledBack = await status.RollBackAsync(record.Id, request, CancellationToken.None);

            return rolledBack.Record is { } current && current.Status != NotificationStatus.Pending ? NotificationStatus.Queued : NotificationStatus.Pending;
        }
        catch (Exception exception) when (exception is StatusUnavailableException or RecordTroubleException)
        {
            // The record stays PENDING with the due time it was stored with, so the Dispatcher finds it.
            Log.NotRolledBack(logger, record.Id, exception.Message);
            return NotificationStatus.Pending;
        }
    }

    private SubmissionOutcome.Accepted Accepted(NotificationRecord record, NotificationStatus told, bool replayed)
    {
        Activity.Current?.SetTag(WaybillTelemetry.NotificationStatus, told.Text());

        if (replayed)
        {
            WaybillMetrics.RequestRepeated();
        }

        Log.Accepted(logger, record.Id, record.Owner, told.Text(), replayed);
        return new SubmissionOutcome.Accepted(record with { Status = told }, replayed);
    }

    private AcceptRequest ToAcceptRequest(Submission submission, string owner, string? idempotencyKey)
    {
        var now = time.GetUtcNow();

        return new AcceptRequest
        {
            Id = idempotencyKey is null ? NotificationId.New(now) : NotificationId.FromIdempotencyKey(owner, idempotencyKey),
            Owner = owner,
            Request = submission.Request,
            Fingerprint = Fingerprint.Of(submission),
            TimeoutSeconds = submission.TimeoutSeconds,
            CorrelationId = submission.CorrelationId,
            RetrySchedule = submission.RetrySchedule,
            DeliverAt = submission.DeliverAt > now ? submission.DeliverAt : null,
            Traceparent = Activity.Current?.Id,
            Notify = submission.Notify,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Accepted {NotificationId} of {Owner} as {Status} (replayed: {Replayed}).")]
        public static partial void Accepted(ILogger logger, string notificationId, string owner, string status, bool replayed);

        [LoggerMessage(LogLevel.Error, "Could not accept {NotificationId} (nothing written: {NothingWritten}). {Reason}")]
        public static partial void NotAccepted(ILogger logger, string notificationId, bool nothingWritten, string reason);

        [LoggerMessage(LogLevel.Error, "Could not accept {NotificationId}: its record cannot be read or written. {Reason}")]
        public static partial void Trouble(ILogger logger, string notificationId, string reason);

        [LoggerMessage(LogLevel.Error, "The queue has {NotificationId}, but that could not be noted: its client is told PENDING. {Reason}")]
        public static partial void NotNotedAsQueued(ILogger logger, string notificationId, string reason);

        [LoggerMessage(LogLevel.Error, "The queue did not take {NotificationId}, and that could not be noted. It stays PENDING and is sent when it is due. {Reason}")]
        public static partial void NotRolledBack(ILogger logger, string notificationId, string reason);
    }
}

public static class SubmissionExtensions
{
    /// <summary>Adds what <c>POST /v1/notifications</c> and its batch need, and their description at <c>/openapi/v1.json</c>.</summary>
    public static void AddSubmissions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StatusLinkOptions>()
            .BindConfiguration(StatusLinkOptions.SectionName)
            .ValidateDataAnnotations()
            .Validate(options => options.PublicUrl is null || options.IsHttp, "StatusService:PublicUrl must be an absolute http or https URL.")
            .ValidateOnStart();

        builder.Services.AddSingleton<Submitter>();
        builder.Services.AddSingleton<BatchSubmitter>();
        builder.Services.AddSingleton<SubmissionResults>();
        builder.Services.AddInFlightLimit();
        builder.AddSubmissionDescription();

        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new Rfc3339Converter());
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
    }
}
