using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Waybill.Notifications.Json;
using Waybill.ServiceDefaults.Description;

namespace Waybill.IntakeService.Redeliveries;

/// <summary><c>limit</c>: items in one answer, and the only parameter; an unknown one is refused, as it would otherwise do nothing.</summary>
internal static class LimitParameter
{
    private const string Name = "limit";

    public static int Read(IQueryCollection parameters, int @default, int most, FieldErrors errors)
    {
        foreach (var name in parameters.Keys.Where(name => name != Name))
        {
            errors.Add(name, $"is not a known parameter. Known is: {Name}.");
        }

        if (!parameters.TryGetValue(Name, out var values))
        {
            return @default;
        }

        if (values is [var text] && WholeNumber.TryParse(text, out var limit) && limit >= 1 && limit <= most)
        {
            return limit;
        }

        errors.Add(Name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 1 to {most}."));
        return @default;
    }

    public static RouteHandlerBuilder WithLimitParameter(this RouteHandlerBuilder endpoint, int @default, int most) => endpoint.WithParameter(new OpenApiParameter
    {
        Name = Name,
        In = ParameterLocation.Query,
        Description = "Items in the answer.",
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = most.ToString(CultureInfo.InvariantCulture),
            Default = JsonValue.Create(@default),
        },
    });
}
