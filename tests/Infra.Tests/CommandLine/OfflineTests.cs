using Waybill.Infra.Tests.Support;

namespace Waybill.Infra.Tests.CommandLine;

/// <summary>Rules out that synthesis asks the account, or needs Docker or an upload.</summary>
[Collection(DeployedCollection.Name)]
public sealed class OfflineTests(DeployedFixture deployed)
{
    [Fact]
    public void Nothing_is_looked_up() => Assert.Null(deployed.Waybill.Manifest["missing"]);

    [Fact]
    public void There_are_no_assets_but_the_templates() => Assert.All(Directory.EnumerateFiles(deployed.Waybill.Folder, "*.assets.json"), file =>
    {
        var assets = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(file))!;

        Assert.Empty(assets["dockerImages"]!.AsObject());
        Assert.Single(assets["files"]!.AsObject());
    });

    [Fact]
    public void Stacks_come_in_the_order_of_their_life_cycles()
    {
        string[] order = ["WaybillRegistry", "WaybillData", "WaybillNetwork", "WaybillServices", "WaybillObservability"];
        var artifacts = deployed.Waybill.Manifest["artifacts"]!.AsObject();

        Assert.Equal(order.Order(), deployed.Waybill.Templates.Keys.Order());
        Assert.All(order, stack =>
        {
            var before = artifacts[stack]!["dependencies"]?.AsArray().Select(name => (string)name!).Where(order.Contains) ?? [];
            Assert.All(before, other => Assert.True(Array.IndexOf(order, other) < Array.IndexOf(order, stack), $"{stack} comes before {other}"));
        });
    }

    [Fact]
    public void All_stacks_are_in_the_one_account_and_region()
    {
        var stacks = deployed.Waybill.Manifest["artifacts"]!.AsObject().Where(artifact => (string?)artifact.Value!["type"] == "aws:cloudformation:stack");
        Assert.All(stacks, stack => Assert.Equal("aws://123456789012/us-east-1", (string?)stack.Value!["environment"]));
    }
}
