using System.Diagnostics;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Images;

/// <summary>
/// All images, published once by the command of docs/images.md, from what was built for the tests and on a base that is served on this machine. Tests that ask the
/// SDK about an image are in its collection, too, as two builds of one project at a time are in each other's way.
/// </summary>
public sealed class Published : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waybill-images-");
    private readonly Lazy<Task> _all;

    public Published() => _all = new Lazy<Task>(PublishAsync);

    /// <summary>The digest of the base's layer, once an image was read.</summary>
    public string BaseLayer { get; private set; } = "";

    internal async Task<Archive> ReadAsync(string image)
    {
        await _all.Value;
        return await Archive.ReadAsync(PathOf($"waybill-{image}.tar"));
    }

    /// <summary>The SBOM beside an image's archive, once that was read.</summary>
    public byte[] Sbom(string image) => File.ReadAllBytes(PathOf($"waybill-{image}.cdx.json"));

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task PublishAsync()
    {
        await using var registry = await BaseRegistry.StartAsync();
        BaseLayer = registry.Layer;

        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet",
        [
            "publish", Path.Combine(Repository.Root, "infra", "Images"), "-nologo", "-v:q", "-tl:off", $"-p:Configuration={configuration}", "-p:NoBuild=true", $"-p:ImagesOutput={_folder.FullName}/",
            $"-p:ContainerBaseImage={registry.Image}", "-p:ContainerRuntimeIdentifier=linux-x64",
        ])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = registry.Image.Split('/')[0], ["no_proxy"] = "localhost,127.0.0.1", ["NO_PROXY"] = "localhost,127.0.0.1" },
        };

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);
}
