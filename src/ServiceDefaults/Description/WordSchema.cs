using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Waybill.ServiceDefaults.Description;

/// <summary>
/// A member that holds one of a list of words. In an answer the words of this release are listed and any other is allowed, so that
/// generated clients go on when a later release has more; in a body that is asked for, the words are all there are
/// (<see cref="AllowedValuesAttribute"/>).
/// </summary>
internal static class WordSchema
{
    public static void Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, Func<Type, IReadOnlyList<string>?> knownWords)
    {
        var attributes = context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: true);

        if (attributes is [AllowedValuesAttribute allowed, ..])
        {
            schema.Enum = Nodes(allowed.Values.OfType<string>());
        }
        else if (knownWords(context.JsonTypeInfo.Type) is { } words)
        {
            schema.Type = JsonSchemaType.String;
            schema.Description ??= "A later release may add words.";
            schema.AnyOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.String, Enum = Nodes(words) },
                new OpenApiSchema { Type = JsonSchemaType.String },
            ];
        }
    }

    private static List<JsonNode> Nodes(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)JsonValue.Create(word))];
}
