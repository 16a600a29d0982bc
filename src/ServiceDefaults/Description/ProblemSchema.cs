using Microsoft.OpenApi;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.ServiceDefaults.Description;

/// <summary>A problem answer (RFC 9457) with what is always there and what may be.</summary>
internal static class ProblemSchema
{
    public static void Complete(OpenApiSchema schema)
    {
        schema.Description = "Why it was not done. Programs decide by its type; title and detail are for people and may change.";
        schema.Required = new HashSet<string> { "type", "title", "status", "traceId" };
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = $"^{Problem.TypePrefix}[a-z-]+$" },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "400", Maximum = "599" },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9a-f]{32}$", Description = "Leads to the request's trace and logs." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Each field that is wrong, with what is allowed.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        };

        // Some carry more, such as the id of what they are about.
        schema.AdditionalPropertiesAllowed = true;
    }
}
