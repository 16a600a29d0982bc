using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Waybill.Notifications.Endpoints;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;

namespace Waybill.StatusService.Endpoints;

/// <summary>The names of the parameters of questions about endpoints, and what <c>/openapi/v1.json</c> says of them.</summary>
internal static class EndpointParameters
{
    public const string Owner = "owner";
    public const string Limit = "limit";
    public const string After = "after";

    public static RouteHandlerBuilder WithOwner(this RouteHandlerBuilder endpoint) =>
        endpoint.With(Owner, new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = ApiKeyClaims.MaxOwnerLength }, "Whose it is. An operator sees those of others; everybody else has its own only, and may leave it out.");

    public static RouteHandlerBuilder WithLimit(this RouteHandlerBuilder endpoint, string description, int @default, int most) => endpoint.With(
        Limit,
        new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = most.ToString(CultureInfo.InvariantCulture), Default = JsonValue.Create(@default) },
        description);

    public static RouteHandlerBuilder WithTenantPage(this RouteHandlerBuilder endpoint, int @default, int most) => endpoint
        .WithLimit("Tenants in one page.", @default, most)
        .With(After, new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Tenants.MaxLength }, "The page begins behind this tenant: 'next' of the answer before.");

    private static RouteHandlerBuilder With(this RouteHandlerBuilder endpoint, string name, OpenApiSchema schema, string description) =>
        endpoint.WithParameter(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema });
}
