using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Waybill.IntakeService.Reading;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Description;

namespace Waybill.IntakeService.Submissions;

/// <summary>What <c>/openapi/v1.json</c> says about the endpoint, whose body is read by hand.</summary>
internal static class SubmissionDescription
{
    private static readonly int[] Refusals =
    [
        StatusCodes.Status400BadRequest,
        StatusCodes.Status413PayloadTooLarge,
        StatusCodes.Status415UnsupportedMediaType,
        StatusCodes.Status422UnprocessableEntity,
        StatusCodes.Status429TooManyRequests,
        StatusCodes.Status503ServiceUnavailable,
    ];

    public const string Body = """
        {
          "url": "https://example.com/hooks/orders",
          "payload": { "order": 4711, "state": "paid" },
          "headers": { "X-Order": "4711" },
          "correlationId": "order-4711",
          "timeoutSeconds": 10,
          "retrySchedule": [5, 30, 120]
        }
        """;

    public const string Response = """
        {
          "id": "ntf_01m7x9p2bd2cyevzwenvjnwmfr",
          "status": "QUEUED",
          "createdAt": "2026-11-20T20:17:06.927Z",
          "correlationId": "order-4711",
          "statusUrl": "https://status.example.com/v1/notifications/ntf_01m7x9p2bd2cyevzwenvjnwmfr"
        }
        """;

    public static void AddSubmissionDescription(this IHostApplicationBuilder builder) =>
        builder
            .AddApiDescription("Waybill intake", "Takes notifications to be delivered over HTTP, and cancels or redelivers those that it has taken.", VocabularyTypes.TextsOf)
            .Services.AddOpenApi(options => options.AddSchemaTransformer(SubmissionSchema.Complete));

    public static void WithDescription(this RouteHandlerBuilder endpoint)
    {
        endpoint
            .WithName("SubmitNotification")
            .WithTags("Notifications")
            .WithSummary("Hands over a notification to be delivered.")
            .Accepts<SubmissionBody>(JsonBody.MediaType)
            .Produces<SubmissionResponse>(StatusCodes.Status202Accepted)
            .WithRequestExample(Body)
            .WithResponseExample(StatusCodes.Status202Accepted, Response)
            .WithIdempotencyKey();

        foreach (var status in Refusals)
        {
            endpoint.Produces<ProblemDetails>(status, "application/problem+json");
        }
    }

    public static RouteHandlerBuilder WithIdempotencyKey(this RouteHandlerBuilder endpoint) => endpoint.WithParameter(IdempotencyKey());

    private static OpenApiParameter IdempotencyKey() => new()
    {
        Name = IdempotencyKeyHeader.Name,
        In = ParameterLocation.Header,
        Description = "Makes it safe to send the same request again: it is stored and delivered once.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Fields.IdempotencyKey.MaxLength, Pattern = "^[!-~]+$" },
    };
}
