using Microsoft.OpenApi;
using Waybill.Hosting.Endpoints;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;

namespace Waybill.IntakeService.Endpoints;

/// <summary>What <c>/openapi/v1.json</c> says of the parameters that <see cref="TenantPath"/> and <see cref="IfMatch"/> read.</summary>
internal static class EndpointParameters
{
    public static TBuilder WithOwner<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithParameter(new OpenApiParameter
        {
            Name = TenantPath.Owner,
            In = ParameterLocation.Query,
            Description = "Whose tenant it is. An operator may act for others; everybody else has its own only, and may leave it out.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = ApiKeyClaims.MaxOwnerLength },
        });

    public static TBuilder WithIfMatch<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithParameter(new OpenApiParameter
        {
            Name = IfMatch.Name,
            In = ParameterLocation.Header,
            Description = "The version that was read, as the header ETag says it. Without it the last change wins.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = """^(\*|"[1-9][0-9]*")$""" },
        });
}
