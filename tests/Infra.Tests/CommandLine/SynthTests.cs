using System.Text.Json.Nodes;

namespace Waybill.Infra.Tests.CommandLine;

/// <summary>Rules out that what people type does not work, and that the independent checker finds something or would find nothing.</summary>
public sealed class SynthTests : IClassFixture<Tools>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waybill-templates-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_pinned_command_line_synthesizes_all_stacks_and_the_checker_finds_no_fault()
    {
        var synth = await Tools.SynthAsync(_folder, Tools.Complete);
        Assert.True(synth.ExitCode == 0, synth.Output);
        Assert.Equal(5, Directory.EnumerateFiles(_folder, "*.template.json").Count());

        var check = await Tools.CheckAsync(_folder);
        Assert.True(check.ExitCode == 0, check.Output);
        Assert.Contains("5 templates, 0 faults", check.Output, StringComparison.Ordinal);

        Change("WaybillNetwork", "AWS::S3::Bucket", bucket => bucket.Remove("PublicAccessBlockConfiguration"));
        Change("WaybillData", "AWS::KMS::Key", key => key["EnableKeyRotation"] = false);
        var broken = await Tools.CheckAsync(_folder);

        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("s3_bucket_level_public_access_prohibited_check", broken.Output, StringComparison.Ordinal);
        Assert.Contains("kms_key_rotation_enabled", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_images_it_says_which_digests_to_give()
    {
        var synth = await Tools.SynthAsync(_folder);

        Assert.True(synth.ExitCode == 0, synth.Output);
        Assert.Contains("-c intakeDigest=sha256:", synth.Output, StringComparison.Ordinal);
        Assert.Equal(3, Directory.EnumerateFiles(_folder, "*.template.json").Count());
    }

    [Fact]
    public async Task A_wrong_setting_ends_it_with_one_sentence()
    {
        var synth = await Tools.SynthAsync(_folder, "-c", "architecture=sparc");

        Assert.NotEqual(0, synth.ExitCode);
        Assert.Contains("The context value architecture must be one of arm64, x64, not 'sparc'.", synth.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", synth.Output, StringComparison.Ordinal);
    }

    private void Change(string stack, string type, Action<JsonObject> change)
    {
        var file = Path.Combine(_folder, $"{stack}.template.json");
        var template = JsonNode.Parse(File.ReadAllText(file))!;
        var resource = template["Resources"]!.AsObject().Single(entry => (string?)entry.Value!["Type"] == type).Value!;

        change(resource["Properties"]!.AsObject());
        File.WriteAllText(file, template.ToJsonString());
    }
}
