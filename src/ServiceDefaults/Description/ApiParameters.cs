using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Waybill.ServiceDefaults.Description;

/// <summary>Parameters in <c>/openapi/v1.json</c> that the generator cannot see, as they are read by hand.</summary>
public static class ApiParameters
{
    /// <summary>Besides those that there are.</summary>
    public static TBuilder WithParameter<TBuilder>(this TBuilder endpoint, OpenApiParameter parameter)
        where TBuilder : IEndpointConventionBuilder => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters = [.. operation.Parameters ?? [], parameter];
            return Task.CompletedTask;
        });
}
