using System.Text.Json.Nodes;

namespace Waybill.Infra.Tests.Support;

/// <summary>One statement of any policy in the templates.</summary>
internal sealed record Statement(Resource Resource, JsonObject Json)
{
    public string Sid => (string?)Json["Sid"] ?? "";

    public bool Allows => (string)Json["Effect"]! == "Allow";

    public IReadOnlyList<string> Actions => [.. Listed(Json["Action"]).Select(Resource.Plain).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Resources => [.. Listed(Json["Resource"]).Select(Resource.Plain)];

    public IReadOnlyList<string> Principals => Json["Principal"] switch
    {
        JsonObject principal => [.. principal.SelectMany(kind => Listed(kind.Value)).Select(Resource.Plain)],
        var principal => [.. Listed(principal).Select(Resource.Plain)],
    };

    public string Condition => Json["Condition"]?.ToJsonString() ?? "";

    /// <summary>Such as <c>Allow sqs:SendMessage on arn:… when …</c>, for comparison with a list by hand.</summary>
    public override string ToString()
    {
        var when = Json["Condition"] is { } condition ? $" when {Flat(condition)}" : "";
        return $"{Json["Effect"]} {string.Join(", ", Actions)} on {string.Join(", ", Resources)}{when}";
    }

    /// <summary>Every statement of every resource: in roles, keys, queues, tables, buckets, topics, endpoints.</summary>
    public static IEnumerable<Statement> In(Resource resource) => Documents(resource.Properties)
        .SelectMany(document => document["Statement"]!.AsArray())
        .Select(statement => new Statement(resource, statement!.AsObject()));

    private static IEnumerable<JsonObject> Documents(JsonNode? node) => node switch
    {
        JsonObject value when value["Statement"] is JsonArray => [value],
        JsonObject value => value.SelectMany(property => Documents(property.Value)),
        JsonArray list => list.SelectMany(Documents),
        _ => [],
    };

    private static IEnumerable<JsonNode?> Listed(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            return list;
        }

        return node is null ? Array.Empty<JsonNode?>() : new[] { node };
    }

    private static string Flat(JsonNode condition) => string.Join(", ", condition.AsObject().SelectMany(test => test.Value!.AsObject().Select(key =>
        $"{test.Key} {key.Key} {string.Join(" or ", Listed(key.Value).Select(Resource.Plain))}")));
}
