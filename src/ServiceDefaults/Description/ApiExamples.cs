using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Waybill.ServiceDefaults.Description;

/// <summary>Examples in <c>/openapi/v1.json</c>, given as JSON text where the endpoint is mapped.</summary>
public static class ApiExamples
{
    private const string MediaType = "application/json";

    /// <param name="json">A body that the endpoint takes.</param>
    public static TBuilder WithRequestExample<TBuilder>(this TBuilder endpoint, string json)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            // A body that may come in more than one media type looks the same in each.
            foreach (var body in operation.RequestBody?.Content?.Values ?? [])
            {
                body.Example = JsonNode.Parse(json);
            }

            return Task.CompletedTask;
        });

    /// <param name="status">The HTTP status code of the answer.</param>
    /// <param name="json">Its body.</param>
    public static TBuilder WithResponseExample<TBuilder>(this TBuilder endpoint, int status, string json)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            Put(operation.Responses?[status.ToString(CultureInfo.InvariantCulture)].Content, json);
            return Task.CompletedTask;
        });

    /// <summary>For an answer that is no JSON.</summary>
    /// <param name="status">The HTTP status code of the answer.</param>
    /// <param name="text">Its body, in this media type.</param>
    public static TBuilder WithResponseExample<TBuilder>(this TBuilder endpoint, int status, string mediaType, string text)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Responses?[status.ToString(CultureInfo.InvariantCulture)].Content?.TryGetValue(mediaType, out var body) == true)
            {
                body.Example = JsonValue.Create(text);
            }

            return Task.CompletedTask;
        });

    private static void Put(IDictionary<string, OpenApiMediaType>? content, string json)
    {
        if (content?.TryGetValue(MediaType, out var body) == true)
        {
            body.Example = JsonNode.Parse(json);
        }
    }
}
