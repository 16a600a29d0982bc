using System.Diagnostics;
using Waybill.IntakeService.Submissions;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Events;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Events;

/// <summary>
/// Takes one event: store it and its notifications, send each to the queue, and note that it is queued, as one that was posted to a URL. Nothing here
/// is cancelled by a client that hangs up, so that nothing is left half done.
/// </summary>
internal sealed partial class EventSubmitter(StatusClient status, Submitter submitter, TimeProvider time, ILogger<EventSubmitter> logger)
{
    /// <param name="endpointId">For this one alone: a test. Null for all that take its type.</param>
    public Task<EventSubmissionOutcome> SubmitAsync(EventSubmission submission, string owner, string? idempotencyKey, string? endpointId = null)
    {
        var now = time.GetUtcNow();

        var request = new AcceptEventRequest
        {
            Id = idempotencyKey is null ? EventIds.New(now) : EventIds.FromIdempotencyKey(owner, idempotencyKey),
            Owner = owner,
            Tenant = submission.Tenant,
            Type = submission.Type,
            ContentType = submission.ContentType,
            Body = submission.Body,
            Fingerprint = EventFingerprint.Of(submission, endpointId),
            CorrelationId = submission.CorrelationId,
            DeliverAt = submission.DeliverAt > now ? submission.DeliverAt : null,
            Traceparent = Activity.Current?.Id,
            EndpointId = endpointId,
        };

        Activity.Current?.SetTag(WaybillTelemetry.EventId, request.Id);
        Activity.Current?.SetTag(WaybillTelemetry.CorrelationId, request.CorrelationId);

        // What waits for the answer holds nothing of the request: the client that asks has it once.
        return SubmitAsync(request.Id, request.Fingerprint, status.AcceptAsync(request, CancellationToken.None), idempotencyKey is not null, isTest: endpointId is not null);
    }

    private async Task<EventSubmissionOutcome> SubmitAsync(string id, string fingerprint, Task<EventOutcome> accepting, bool hasKey, bool isTest)
    {
        try
        {
            var outcome = await accepting;

            return outcome.Answer switch
            {
                null when isTest => new EventSubmissionOutcome.NoEndpoint(id),
                null => NotKnown(id),
                { Event: var happened } when happened.Fingerprint != fingerprint => new EventSubmissionOutcome.KeyReused(id),
                var answer => await SendAsync(answer, replayed: !outcome.Applied && hasKey),
            };
        }
        catch (StatusUnavailableException exception)
        {
            Log.NotAccepted(logger, id, exception.NothingWritten, exception.Message);
            return new EventSubmissionOutcome.NotAccepted(id, exception.NothingWritten);
        }
        catch (RecordTroubleException trouble)
        {
            Log.Trouble(logger, trouble.Id, trouble.Reason);
            return new EventSubmissionOutcome.Troubled(trouble.Id, trouble.Reason);
        }
    }

    /// <summary>A status service of release 0.1, to which this installation goes back just now, or which it comes from, knows no events.</summary>
    private EventSubmissionOutcome.NotAccepted NotKnown(string id)
    {
        Log.NotAccepted(logger, id, true, "The status service that was asked is of a release without events.");
        return new EventSubmissionOutcome.NotAccepted(id, NothingWritten: true);
    }

    private async Task<EventSubmissionOutcome> SendAsync(AcceptEventResponse answer, bool replayed)
    {
        var sent = await Task.WhenAll(answer.Notifications.Select(submitter.ContinueAsync));
        Log.Accepted(logger, answer.Event.Id, answer.Event.Type, answer.Event.Tenant, answer.Event.Owner, sent.Length, replayed);
        return new EventSubmissionOutcome.Accepted(answer.Event, [.. sent.Select(accepted => accepted.Record)], replayed);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Accepted {EventId}, {Type} of tenant {Tenant} of {Owner}, for {Endpoints} endpoints (replayed: {Replayed}).")]
        public static partial void Accepted(ILogger logger, string eventId, string type, string tenant, string owner, int endpoints, bool replayed);

        [LoggerMessage(LogLevel.Error, "Could not accept {EventId} (nothing written: {NothingWritten}). {Reason}")]
        public static partial void NotAccepted(ILogger logger, string eventId, bool nothingWritten, string reason);

        [LoggerMessage(LogLevel.Error, "Could not accept {Id}: it cannot be read or written. {Reason}")]
        public static partial void Trouble(ILogger logger, string id, string reason);
    }
}
