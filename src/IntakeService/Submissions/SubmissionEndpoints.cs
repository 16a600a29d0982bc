using Waybill.IntakeService.Reading;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.ServiceDefaults.Authentication;

namespace Waybill.IntakeService.Submissions;

internal static class SubmissionEndpoints
{
    /// <summary>
    /// The whole body. Room for 256 KiB of payload in Base64, or as text with many escapes, and for the other fields.
    /// </summary>
    public const int MaxBodyBytes = 512 * 1024;

    public static void MapSubmissions(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/notifications", Submit)
            .RequireClientKey()
            .LimitInFlight()
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .WithDescription();

    private static Task<IResult> Submit(HttpContext context, BodyMemory memory, Submitter submitter, SubmissionResults results, TimeProvider time) =>
        JsonBody.AnswerAsync(context, memory, SubmissionParser.PassedOn, async body =>
        {
            var errors = new FieldErrors();
            var submitting = Begin(context, body.Json, submitter, time.GetUtcNow(), errors);
            body.DropBytes();

            return submitting is null ? errors.ToProblem() : results.Of(await submitting, context.Response);
        });

    /// <summary>Apart from what waits for the end, which is to hold nothing of the submission meanwhile.</summary>
    /// <returns>Null when anything is wrong with the request.</returns>
    private static Task<SubmissionOutcome>? Begin(HttpContext context, JsonOutline json, Submitter submitter, DateTimeOffset now, FieldErrors errors)
    {
        var idempotencyKey = IdempotencyKeyHeader.Read(context.Request.Headers[IdempotencyKeyHeader.Name], errors);
        var submission = SubmissionParser.Parse(json, now, errors);

        return submission is null ? null : submitter.SubmitAsync(submission, context.User.OwnerName(), idempotencyKey);
    }
}
