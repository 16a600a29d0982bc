using System.Text.Json.Nodes;
using Waybill.Infra.Tests.Support;

namespace Waybill.Infra.Tests.Services;

/// <summary>Finds containers in task definitions.</summary>
internal static class Tasks
{
    public static IEnumerable<JsonObject> Containers(Resource task) => task["ContainerDefinitions"]!.AsArray().Select(container => container!.AsObject());

    public static string Name(JsonObject container) => (string)container["Name"]!;

    public static JsonObject Service(Deployed deployed, string name) =>
        Assert.Single(deployed.OfType("AWS::ECS::TaskDefinition").SelectMany(Containers), container => Name(container) == name);

    public static Dictionary<string, string> Environment(JsonObject container) =>
        container["Environment"]!.AsArray().ToDictionary(entry => (string)entry!["Name"]!, entry => Resource.Plain(entry!["Value"]));

    /// <summary>By variable: the secret's name, and the field.</summary>
    public static Dictionary<string, (string Secret, string Field)> Secrets(JsonObject container) =>
        container["Secrets"]!.AsArray().ToDictionary(entry => (string)entry!["Name"]!, entry =>
        {
            var parts = Resource.Plain(entry!["ValueFrom"]).Split(':');
            return (parts[0], parts[1]);
        });
}
