using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Waybill.ServiceDefaults.Description;

/// <summary>Puts right what the generator cannot see of how JSON is written here.</summary>
internal static class ApiSchemas
{
    private const JsonSchemaType Numbers = JsonSchemaType.Integer | JsonSchemaType.Number;

    public static Task Correct(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
        {
            ProblemSchema.Complete(schema);
        }

        if (schema.Format == "date-time")
        {
            schema.Type = JsonSchemaType.String;
        }

        // A number is written, and must be given, as a number.
        if ((schema.Type & Numbers) != 0)
        {
            schema.Type &= ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        // What is null is left out.
        foreach (var property in context.JsonTypeInfo.Properties.Where(IsNullable))
        {
            schema.Required?.Remove(property.Name);
        }

        return Task.CompletedTask;
    }

    private static bool IsNullable(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsGetNullable;
}
