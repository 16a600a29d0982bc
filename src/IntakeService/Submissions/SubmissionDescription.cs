using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Waybill.IntakeService.Submissions.Fields;

namespace Waybill.IntakeService.Submissions;

/// <summary>What <c>/openapi/v1.json</c> says about the endpoint, whose body is read by hand.</summary>
internal static class SubmissionDescription
{
    private static readonly int[] Refusals =
    [
        StatusCodes.Status400BadRequest,
        StatusCodes.Status401Unauthorized,
        StatusCodes.Status403Forbidden,
        StatusCodes.Status413PayloadTooLarge,
        StatusCodes.Status415UnsupportedMediaType,
        StatusCodes.Status422UnprocessableEntity,
        StatusCodes.Status429TooManyRequests,
        StatusCodes.Status503ServiceUnavailable,
    ];

    public static void WithDescription(this RouteHandlerBuilder endpoint)
    {
        endpoint
            .WithName("SubmitNotification")
            .WithSummary("Hands over a notification to be delivered.")
            .Accepts<SubmissionBody>(JsonBody.MediaType)
            .Produces<SubmissionAnswer>(StatusCodes.Status202Accepted)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.Parameters = [.. operation.Parameters ?? [], IdempotencyKey()];
                return Task.CompletedTask;
            });

        foreach (var status in Refusals)
        {
            endpoint.Produces<ProblemDetails>(status, "application/problem+json");
        }
    }

    private static OpenApiParameter IdempotencyKey() => new()
    {
        Name = IdempotencyKeyHeader.Name,
        In = ParameterLocation.Header,
        Description = "Makes it safe to send the same request again: it is stored and delivered once.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKeyHeader.MaxLength, Pattern = "^[!-~]+$" },
    };
}
