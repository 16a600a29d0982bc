using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.ServiceDefaults.Description;

/// <summary>Gives every operation the refusals that any may have, and every refusal a sentence, an example, and Retry-After where it is sent.</summary>
internal static class ApiProblems
{
    private const string MediaType = "application/problem+json";

    private static readonly int[] EveryOperations =
        [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests];

    private static readonly int[] WithRetryAfter = [StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable];

    /// <summary>The problem that each status code stands for most often, and what it means.</summary>
    private static readonly Dictionary<int, (string Name, string Title)> Typical = new()
    {
        [400] = ("validation", "The request has fields that are not allowed as they are."),
        [401] = ("unauthorized", "Send a valid API key: 'Authorization: Bearer <api key>'."),
        [403] = ("forbidden", "This API key may not do that."),
        [404] = ("not-found", "There is no such thing, or it is not yours."),
        [409] = ("conflict", "Its state does not allow that."),
        [412] = ("version-conflict", "It was changed since it was read."),
        [413] = ("body-too-large", "The body is too large."),
        [415] = ("unsupported-media-type", "The body must be application/json in UTF-8."),
        [422] = ("idempotency-key-reused", "This Idempotency-Key was used for another request."),
        [429] = ("too-many-requests", "Too many requests are in flight."),
        [500] = ("secret-sealed", "The secret cannot be read here."),
        [501] = ("endpoints-not-set-up", "Endpoints are not set up here."),
        [503] = ("table-unavailable", "It cannot be done just now."),
    };

    public static async Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellationToken);
        context.Document!.AddComponent(nameof(ProblemDetails), schema);

        foreach (var status in EveryOperations)
        {
            operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse());
        }

        foreach (var (code, response) in operation.Responses)
        {
            if (int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
                && Typical.TryGetValue(status, out var problem)
                && response is OpenApiResponse described)
            {
                Describe(described, status, problem, context.Document!);
            }
        }
    }

    private static void Describe(OpenApiResponse response, int status, (string Name, string Title) problem, OpenApiDocument document)
    {
        response.Description = problem.Title;
        response.Content = new Dictionary<string, OpenApiMediaType>
        {
            [MediaType] = new()
            {
                Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document),
                Example = Example(status, problem),
            },
        };

        if (WithRetryAfter.Contains(status))
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader
                {
                    Description = "Seconds after which it may be asked again.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" },
                },
            };
        }
    }

    private static JsonObject Example(int status, (string Name, string Title) problem)
    {
        var example = new JsonObject
        {
            ["type"] = Problem.TypePrefix + problem.Name,
            ["title"] = problem.Title,
            ["status"] = status,
            ["traceId"] = "a267bc38adcb09ed72ecbd6855663663",
        };

        if (status == StatusCodes.Status400BadRequest)
        {
            example["errors"] = new JsonObject { ["limit"] = new JsonArray("must be a whole number from 1 to 200.") };
        }

        return example;
    }
}
