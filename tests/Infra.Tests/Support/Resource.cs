using System.Text.Json.Nodes;

namespace Waybill.Infra.Tests.Support;

/// <summary>One resource of a template.</summary>
internal sealed record Resource(string Stack, string Id, JsonObject Json)
{
    public string Type => (string)Json["Type"]!;

    public JsonObject Properties => Json["Properties"]?.AsObject() ?? [];

    public JsonNode? this[string property] => Properties[property];

    /// <summary>As a person would write it down: intrinsic functions by the id that they lead to.</summary>
    public string Text(string property) => Plain(this[property]);

    public override string ToString() => $"{Stack} {Id}";

    public static string Plain(JsonNode? node) => node switch
    {
        null => "",
        JsonObject value when value["Fn::ImportValue"] is { } import => NameIn((string)import!),
        JsonObject value when value["Fn::GetAtt"] is JsonArray attribute => NameIn((string)attribute[0]!),
        JsonObject value when value["Ref"] is { } reference => NameIn((string)reference!),
        JsonObject value when value["Fn::Join"] is JsonArray join => string.Join((string)join[0]!, join[1]!.AsArray().Select(Plain)),
        JsonValue value => value.ToString(),
        _ => node.ToJsonString(),
    };

    /// <summary>The logical id, without the hash that the library puts behind it, and for an import without what stands before.</summary>
    private static string NameIn(string reference)
    {
        var name = reference.Split(':')[^1];

        foreach (var prefix in new[] { "ExportsOutputFnGetAtt", "ExportsOutputRef" })
        {
            name = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        }

        var hash = System.Text.RegularExpressions.Regex.Match(name, "[0-9A-F]{8}");
        return hash.Success ? name[..hash.Index] : name;
    }
}
