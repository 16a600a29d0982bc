using System.Diagnostics;
using System.Text.Json.Nodes;
using Waybill.Infra.Tests.Images;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Services;

/// <summary>
/// Rules out an image that starts something else, runs as root, does not tell its version and licence, or lacks the probe that its task definition calls. No
/// image is made: its base would be downloaded.
/// </summary>
[Collection(PublishedCollection.Name)]
public sealed class ImageTests
{
    [Theory]
    [InlineData("IntakeService", "waybill/intake")]
    [InlineData("StatusService", "waybill/status")]
    [InlineData("DeliveryWorker", "waybill/worker")]
    public async Task The_SDK_would_make_an_image_that_fits_the_task_definition(string project, string repository)
    {
        var image = await DescribeAsync(project);
        string[] Items(string name) => [.. image["Items"]![name]!.AsArray().Select(item => (string)item!["Identity"]!)];

        Assert.Equal(["dotnet", $"/app/{project}.dll"], Items("ContainerAppCommand"));
        Assert.Equal(["8080"], Items("ContainerPort"));
        Assert.Equal("1654", (string?)image["Properties"]!["ContainerUser"]);
        Assert.Equal(repository, (string?)image["Properties"]!["ContainerRepository"]);
        Assert.Equal("linux-arm64", (string?)image["Properties"]!["ContainerRuntimeIdentifier"]);
        Assert.EndsWith("-chiseled", (string?)image["Properties"]!["ContainerBaseImage"], StringComparison.Ordinal);

        var labels = image["Items"]!["ContainerLabel"]!.AsArray().ToDictionary(label => (string)label!["Identity"]!, label => (string?)label!["Value"]);
        Assert.Equal("MIT", labels["org.opencontainers.image.licenses"]);
        Assert.Equal((string?)image["Properties"]!["Version"], labels["org.opencontainers.image.version"]);

        var files = Items("ResolvedFileToPublish").Select(Path.GetFileName);
        Assert.Contains("HealthProbe.dll", files);
        Assert.Contains("HealthProbe.runtimeconfig.json", files);
    }

    private static async Task<JsonNode> DescribeAsync(string project)
    {
        string[] properties = ["ContainerUser", "ContainerRepository", "ContainerRuntimeIdentifier", "ContainerBaseImage", "Version"];
        string[] items = ["ContainerAppCommand", "ContainerPort", "ContainerLabel", "ResolvedFileToPublish"];

        var start = new ProcessStartInfo("dotnet",
        [
            "msbuild", Path.Combine(Repository.Root, "src", project), "-p:Configuration=Release", "-p:_IsPublishing=true", "-t:ComputeContainerConfig;AddHealthProbe",
            .. properties.Select(name => $"-getProperty:{name}"), .. items.Select(name => $"-getItem:{name}"),
        ])
        {
            RedirectStandardOutput = true,
        };

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output);
        return JsonNode.Parse(output)!;
    }
}
