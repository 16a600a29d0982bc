using Waybill.TestSupport;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Waybill.Infra.Tests.Images;

/// <summary>compose.yaml as an engine reads it, with what it merges.</summary>
internal sealed class Compose
{
    private readonly Dictionary<string, Dictionary<object, object>> _services;

    private Compose(Dictionary<string, Dictionary<object, object>> services) => _services = services;

    public IEnumerable<string> Services => _services.Keys;

    public static Compose Read()
    {
        using var file = File.OpenText(Path.Combine(Repository.Root, "compose.yaml"));
        var all = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(file)));

        return new Compose(((Dictionary<object, object>)all["services"]).ToDictionary(service => (string)service.Key, service => (Dictionary<object, object>)service.Value));
    }

    public string? Text(string service, string name) => _services[service].TryGetValue(name, out var value) ? value.ToString() : null;

    public IReadOnlyList<string> Words(string service, string name) =>
        _services[service].TryGetValue(name, out var value) ? [.. ((List<object>)value).Select(word => word.ToString()!)] : [];

    public IReadOnlyDictionary<string, string> Environment(string service) =>
        ((Dictionary<object, object>)_services[service]["environment"]).ToDictionary(variable => (string)variable.Key, variable => variable.Value.ToString()!);

    /// <summary>What its health check runs in the container.</summary>
    public IReadOnlyList<string> Probe(string service) =>
        [.. ((List<object>)((Dictionary<object, object>)_services[service]["healthcheck"])["test"]).Skip(1).Select(word => word.ToString()!)];
}
