using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Images;

/// <summary>Rules out an archive whose digests are wrong, an image that holds more or less than its program, and an SBOM that says otherwise than the image.</summary>
[Collection(PublishedCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class ArchiveTests(Published published)
{
    /// <summary>What a container's root folder may have of ours.</summary>
    private const string Folder = "app/";

    private const UnixFileMode OthersMayWrite = UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>docs/performance.md, The start and An even load.</summary>
    private static readonly Dictionary<string, string> Measured = new()
    {
        ["System.Runtime.TieredPGO"] = "false",
        ["System.Runtime.EnableWriteXorExecute"] = "false",
        ["System.Threading.ThreadPool.UnfairSemaphoreSpinLimit"] = "0",
    };

    public static TheoryData<string, string> Images { get; } = new()
    {
        { "intake", "IntakeService" },
        { "status", "StatusService" },
        { "worker", "DeliveryWorker" },
        { "provision", "Provision" },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public async Task Every_blob_has_the_digest_that_it_is_named_by(string image, string _)
    {
        var archive = await published.ReadAsync(image);

        Assert.Equal("1.0.0", archive.Layout);
        Assert.All(archive.AllBlobs, blob => Assert.Equal(blob.Named, BaseRegistry.Digest(blob.Content)));
        Assert.Subset(archive.AllBlobs.Select(blob => blob.Named).ToHashSet(), archive.Layers.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task The_config_starts_the_program_as_the_user_and_says_whose_it_is(string image, string program)
    {
        var archive = await published.ReadAsync(image);
        var config = archive.Config["config"]!;

        Assert.Equal(["dotnet", $"/app/{program}.dll"], Words(config["Entrypoint"]).Concat(Words(config["Cmd"])));
        Assert.Equal("1654", (string?)config["User"]);
        Assert.Equal("/app/", (string?)config["WorkingDir"]);
        Assert.Contains("ASPNETCORE_HTTP_PORTS=8080", Words(config["Env"]));
        Assert.Equal(("linux", "amd64"), ((string?)archive.Config["os"], (string?)archive.Config["architecture"]));

        var labels = config["Labels"]!.AsObject().ToDictionary(label => label.Key.Split("image.")[^1], label => (string)label.Value!);
        Assert.Equal($"Waybill {image}", labels["title"]);
        Assert.Equal("MIT", labels["licenses"]);
        Assert.Equal("Waybill contributors", labels["vendor"]);
        Assert.Matches(@"^\d+\.\d+\.\d+", labels["version"]);
        Assert.EndsWith(".", labels["description"], StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{40}$", labels["revision"]);

        Assert.EndsWith($"waybill/{image}:{labels["version"]}", (string)archive.Index["manifests"]![0]!["annotations"]!["io.containerd.image.name"]!, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task On_the_base_there_is_the_program_and_nothing_else(string image, string program)
    {
        var archive = await published.ReadAsync(image);
        Assert.Equal(published.BaseLayer, archive.Layers[0]);
        var files = await archive.FilesAsync(Assert.Single(archive.Layers.Skip(1)));
        var names = files.Where(file => file.Entry.EntryType is TarEntryType.RegularFile).Select(file => file.Entry.Name.TrimStart('/')).ToList();

        Assert.Contains($"{Folder}{program}.dll", names);
        Assert.Contains($"{Folder}HealthProbe.dll", names);
        Assert.Contains($"{Folder}sbom.cdx.json", names);
        Assert.All(files, file => Assert.StartsWith(Folder, $"{file.Entry.Name.TrimStart('/').TrimEnd('/')}/", StringComparison.Ordinal));

        // Nothing to run but what dotnet runs, no settings of a developer's, nothing that any but its owner could change.
        Assert.DoesNotContain(names, name => name.EndsWith(".sh", StringComparison.Ordinal) || name.EndsWith(".so", StringComparison.Ordinal) || name.EndsWith(program, StringComparison.Ordinal));
        Assert.DoesNotContain(names, name => name.Contains("Development", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.None, file.Entry.Mode & OthersMayWrite));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task The_SBOM_names_each_package_that_is_in_the_image_and_no_other(string image, string program)
    {
        var archive = await published.ReadAsync(image);
        var files = await ContentsAsync(archive);
        var bom = files[$"{Folder}sbom.cdx.json"];
        var sbom = JsonNode.Parse(bom)!;

        Assert.Equal(bom, published.Sbom(image));
        Assert.Equal("CycloneDX", (string?)sbom["bomFormat"]);
        Assert.Equal($"waybill/{image}", (string?)sbom["metadata"]!["component"]!["name"]);
        Assert.DoesNotContain("\"timestamp\"", Encoding.UTF8.GetString(bom), StringComparison.Ordinal);

        var named = sbom["components"]!.AsArray().ToDictionary(component => $"{component!["name"]}/{component["version"]}", component => component!);
        var present = JsonNode.Parse(files[$"{Folder}{program}.deps.json"])!["libraries"]!.AsObject().Where(library => (string?)library.Value!["type"] == "package").Select(library => library.Key);

        Assert.Equal(present.Order(StringComparer.OrdinalIgnoreCase), named.Keys.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        Assert.All(named.Values, component => Assert.False(string.IsNullOrEmpty((string?)component["licenses"]![0]!["license"]!["id"]), component.ToJsonString()));
        Assert.All(named.Values, component => Assert.Equal("SHA-512", (string?)component["hashes"]![0]!["alg"]));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task A_program_has_the_settings_of_the_runtime_that_were_measured_and_the_runtime_knows_them(string image, string program)
    {
        var files = await ContentsAsync(await published.ReadAsync(image));
        var settings = JsonNode.Parse(files[$"{Folder}{program}.runtimeconfig.json"])!["runtimeOptions"]!["configProperties"]!;
        var runtime = RuntimeFiles().Select(File.ReadAllBytes).ToList();

        Assert.All(Measured, setting =>
        {
            Assert.Equal(setting.Value, settings[setting.Key]?.ToJsonString());
            Assert.Contains(runtime, code => code.AsSpan().IndexOf(Encoding.Unicode.GetBytes(setting.Key)) >= 0);
        });
    }

    /// <summary>Where the runtime reads its settings.</summary>
    private static IEnumerable<string> RuntimeFiles()
    {
        var library = typeof(object).Assembly.Location;
        return [library, .. Directory.EnumerateFiles(Path.GetDirectoryName(library)!, "*coreclr.*")];
    }

    /// <summary>What the build put on its base, by its path.</summary>
    private static async Task<Dictionary<string, byte[]>> ContentsAsync(Archive archive) =>
        (await archive.FilesAsync(archive.Layers[^1])).ToDictionary(file => file.Entry.Name.TrimStart('/'), file => file.Content);

    private static IEnumerable<string> Words(JsonNode? words) => words?.AsArray().Select(word => (string)word!) ?? [];
}

[CollectionDefinition(Name)]
public sealed class PublishedCollection : ICollectionFixture<Published>
{
    public const string Name = "Published images";
}
