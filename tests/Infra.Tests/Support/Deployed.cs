using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.Assertions;
using Waybill.Infra.Deployment;

namespace Waybill.Infra.Tests.Support;

/// <summary>A deployment as CloudFormation would get it, with its five templates.</summary>
internal sealed class Deployed
{
    public const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    public const string Certificate = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

    private readonly App _app;

    /// <summary>That a Node which still does is out of maintenance belongs in nobody's test results.</summary>
    static Deployed() => System.Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "18,20");

    private Deployed(Dictionary<string, object> context)
    {
        _app = new App(new AppProps { AnalyticsReporting = false, Context = context, Outdir = Directory.CreateTempSubdirectory("waybill-synth-").FullName });
        WaybillStacks.AddTo(_app, Settings.Read(_app.Node));
        Templates = _app.Node.Children.OfType<Stack>().ToDictionary(stack => stack.StackName, stack => Template.FromStack(stack));
        Documents = Templates.ToDictionary(template => template.Key, template => JsonSerializer.SerializeToNode(template.Value.ToJSON())!.AsObject());
    }

    public IReadOnlyDictionary<string, Template> Templates { get; }

    /// <summary>The same templates, for questions that the library's assertions do not ask.</summary>
    public IReadOnlyDictionary<string, JsonObject> Documents { get; }

    /// <summary>The resources of all stacks.</summary>
    public IEnumerable<Resource> Resources => Documents.SelectMany(document =>
        document.Value["Resources"]!.AsObject().Select(entry => new Resource(document.Key, entry.Key, entry.Value!.AsObject())));

    public JsonObject Manifest => JsonNode.Parse(File.ReadAllText(Path.Combine(_app.Outdir, "manifest.json")))!.AsObject();

    public string Folder => _app.Outdir;

    public IEnumerable<Resource> OfType(string type) => Resources.Where(resource => resource.Type == type);

    /// <summary>A deployment with HTTPS, one API key and one owner who signs; the context may say otherwise.</summary>
    public static Deployed With(params (string Name, string Value)[] context)
    {
        var all = new Dictionary<string, object>
        {
            ["certificateArn"] = Certificate,
            ["publicHost"] = "waybill.example.com",
            ["signingOwners"] = "acme=2",
            ["alarmEmail"] = "operators@example.com",
            ["intakeDigest"] = Digest,
            ["statusDigest"] = Digest,
            ["workerDigest"] = Digest,
            ["collectorDigest"] = Digest,
        };

        foreach (var (name, value) in context)
        {
            all[name] = value;
        }

        return new Deployed(all);
    }
}
