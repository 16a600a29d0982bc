using Waybill.IntakeService.Reading;
using Waybill.IntakeService.Submissions;
using Waybill.IntakeService.Submissions.Batches;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;

namespace Waybill.IntakeService.Events;

internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/events", Submit)
            .RequireClientKey()
            .LimitInFlight()
            .WithMetadata(new RequestSizeLimit(SubmissionEndpoints.MaxBodyBytes))
            .WithName("SubmitEvent")
            .WithTags("Events")
            .WithSummary("Hands over an event, to be delivered to each endpoint of its tenant that takes its type.")
            .Accepts<EventBody>(JsonBody.MediaType)
            .Produces<EventResponse>(StatusCodes.Status202Accepted)
            .WithRequestExample(EventBody.Example)
            .WithResponseExample(StatusCodes.Status202Accepted, EventResponse.Example)
            .WithIdempotencyKey()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        app.MapPost("/v1/events/batch", SubmitBatch)
            .RequireClientKey()
            .LimitBatchesInFlight()
            .WithMetadata(new RequestSizeLimit(BatchEndpoints.MaxBodyBytes))
            .WithName("SubmitEventBatch")
            .WithTags("Events")
            .WithSummary("Hands over up to 100 events.")
            .WithDescription("Each entry is judged by itself and has its result, in the order given: one bad entry does not harm the others. The body has at most 8 MiB.")
            .Accepts<EventBatchBody>(JsonBody.MediaType)
            .Produces<EventBatchResponse>()
            .WithRequestExample($$"""{ "events": [{{EventBody.Example}}] }""")
            .WithResponseExample(StatusCodes.Status200OK, """{ "results": [{ "index": 0, "id": "evt_01m7x9p2bd2cyevzwenvjnwmfr", "matched": 1 }] }""")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static Task<IResult> Submit(HttpContext context, BodyMemory memory, EventSubmitter submitter, EventResults results, TimeProvider time) =>
        JsonBody.AnswerAsync(context, memory, EventReader.PassedOn, async body =>
        {
            var errors = new FieldErrors();
            var submitting = Begin(context, body.Json, submitter, time.GetUtcNow(), errors);
            body.DropBytes();

            return submitting is null ? errors.ToProblem() : results.Of(await submitting, context.Response);
        });

    /// <summary>Apart from what waits for the end, which is to hold nothing of the event meanwhile.</summary>
    /// <returns>Null when anything is wrong with the request.</returns>
    private static Task<EventSubmissionOutcome>? Begin(HttpContext context, JsonOutline json, EventSubmitter submitter, DateTimeOffset now, FieldErrors errors)
    {
        var idempotencyKey = IdempotencyKeyHeader.Read(context.Request.Headers[IdempotencyKeyHeader.Name], errors);
        var submission = EventReader.Parse(json, now, errors);

        return submission is null ? null : submitter.SubmitAsync(submission, context.User.OwnerName(), idempotencyKey);
    }

    private static Task<IResult> SubmitBatch(HttpContext context, BodyMemory memory, EventBatchSubmitter submitter) =>
        JsonBody.AnswerAsync(context, memory, [EventBatchSubmitter.Field], async body =>
        {
            var errors = new FieldErrors();
            var entries = BatchReader.Entries(body.Json, EventBatchSubmitter.Field, context.Request.Headers[IdempotencyKeyHeader.Name], errors);

            return errors.Any
                ? errors.ToProblem()
                : TypedResults.Ok(await submitter.SubmitAsync(entries, context.User.OwnerName()));
        });
}
