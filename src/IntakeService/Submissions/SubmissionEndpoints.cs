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
            .RequireRateLimiting(InFlightLimit.Policy)
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .WithDescription();

    private static async Task<IResult> Submit(HttpContext context, Submitter submitter, SubmissionResults results, TimeProvider time)
    {
        var (document, refusal) = await JsonBody.ReadAsync(context.Request);

        if (refusal is not null)
        {
            return refusal;
        }

        using (document)
        {
            var errors = new FieldErrors();
            var idempotencyKey = IdempotencyKeyHeader.Read(context.Request.Headers[IdempotencyKeyHeader.Name], errors);
            var submission = SubmissionParser.Parse(document!.RootElement, time.GetUtcNow(), errors);

            return submission is null
                ? SubmissionResults.Invalid(errors)
                : results.Of(await submitter.SubmitAsync(submission, context.User.OwnerName(), idempotencyKey), context.Response);
        }
    }
}
