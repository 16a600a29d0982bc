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
        schema.Required?.RemoveWhere(name => schema.Properties?.TryGetValue(name, out var property) == true && IsNullable(property));

        return Task.CompletedTask;
    }

    private static bool IsNullable(IOpenApiSchema schema) =>
        schema.Type?.HasFlag(JsonSchemaType.Null) == true || schema.OneOf?.Any(IsNullable) == true;

    private static void RemoveWhere(this ISet<string> names, Func<string, bool> unwanted)
    {
        foreach (var name in names.Where(unwanted).ToList())
        {
            names.Remove(name);
        }
    }
}
