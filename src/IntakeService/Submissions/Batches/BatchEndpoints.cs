using Waybill.IntakeService.Reading;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;

namespace Waybill.IntakeService.Submissions.Batches;

internal static class BatchEndpoints
{
    /// <summary>
    /// The whole body: 80 KiB for each of 100 entries. Less than 100 of the largest notifications, because the body is held in
    /// memory; those fit into several batches.
    /// </summary>
    public const int MaxBodyBytes = 8 * 1024 * 1024;

    public static void MapBatches(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/notifications/batch", Submit)
            .RequireClientKey()
            .LimitBatchesInFlight()
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .WithName("SubmitBatch")
            .WithTags("Notifications")
            .WithSummary("Hands over up to 100 notifications to be delivered.")
            .WithDescription("Each entry is judged by itself and has its result, in the order given: one bad entry does not harm the others. The body has at most 8 MiB.")
            .Accepts<BatchBody>(JsonBody.MediaType)
            .Produces<BatchResponse>()
            .WithRequestExample($$"""{ "notifications": [{{SubmissionDescription.Body}}] }""")
            .WithResponseExample(StatusCodes.Status200OK, $$"""{ "results": [{ "index": 0, "id": "{{NotificationExample.Id}}", "status": "QUEUED" }] }""")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    private static Task<IResult> Submit(HttpContext context, BodyMemory memory, BatchSubmitter submitter) =>
        JsonBody.AnswerAsync(context, memory, BatchReader.PassedOn, async body =>
        {
            var errors = new FieldErrors();
            var entries = BatchReader.Entries(body.Json, BatchReader.Notifications, context.Request.Headers[IdempotencyKeyHeader.Name], errors);

            return errors.Any
                ? errors.ToProblem()
                : TypedResults.Ok(await submitter.SubmitAsync(entries, context.User.OwnerName()));
        });
}
