using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Waybill.ServiceDefaults.Description;

/// <summary>Examples in <c>/openapi/v1.json</c>, given as JSON text where the endpoint is mapped.</summary>
public static class ApiExamples
{
    private const string MediaType = "application/json";

    /// <param name="json">A body that the endpoint takes, in whatever media type it comes.</param>
    public static TBuilder WithRequestExample<TBuilder>(this TBuilder endpoint, string json)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithExample(operation => operation.RequestBody?.Content?.Values, () => JsonNode.Parse(json));

    /// <param name="status">The HTTP status code of the answer.</param>
    /// <param name="json">Its body.</param>
    public static TBuilder WithResponseExample<TBuilder>(this TBuilder endpoint, int status, string json)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithExample(operation => Answer(operation, status, MediaType), () => JsonNode.Parse(json));

    /// <summary>For an answer that is no JSON.</summary>
    /// <param name="status">The HTTP status code of the answer.</param>
    /// <param name="text">Its body, in this media type.</param>
    public static TBuilder WithResponseExample<TBuilder>(this TBuilder endpoint, int status, string mediaType, string text)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithExample(operation => Answer(operation, status, mediaType), () => JsonValue.Create(text));

    private static IEnumerable<OpenApiMediaType>? Answer(OpenApiOperation operation, int status, string mediaType) =>
        operation.Responses?[status.ToString(CultureInfo.InvariantCulture)].Content?.TryGetValue(mediaType, out var body) == true ? [body] : null;

    private static TBuilder WithExample<TBuilder>(this TBuilder endpoint, Func<OpenApiOperation, IEnumerable<OpenApiMediaType>?> bodies, Func<JsonNode?> example)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var body in bodies(operation) ?? [])
            {
                body.Example = example();
            }

            return Task.CompletedTask;
        });
}
