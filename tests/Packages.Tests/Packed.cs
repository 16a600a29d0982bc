using System.IO.Compression;
using Waybill.TestSupport;

namespace Waybill.Packages.Tests;

/// <summary>All packages, packed once as CONTRIBUTING.md says, and a cache of packages that was empty before.</summary>
public sealed class Packed : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("waybill-packages-");

    /// <summary>Where the packages are.</summary>
    public string Folder => Path.Combine(_root.FullName, "packages");

    /// <summary>Where NuGet unpacks what it restores, of nobody else.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(_root.FullName, "cache") };

    public async Task InitializeAsync() =>
        await Tool.RunAsync(Repository.Root, new Dictionary<string, string>(), "dotnet", "pack", "clients/Packages.slnf", "-c", "Release", "-o", Folder, "-v", "quiet");

    public Task DisposeAsync()
    {
        _root.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <param name="kind">nupkg, or snupkg for its symbols.</param>
    public ZipArchive Open(Package package, string kind = "nupkg") => ZipFile.OpenRead(FileOf(package, kind));

    public string FileOf(Package package, string kind = "nupkg") => Path.Combine(Folder, $"{package.Id}.{Versions.Own}.{kind}");

    public string NewEmptyFolder() => Directory.CreateDirectory(Path.Combine(_root.FullName, Path.GetRandomFileName())).FullName;

    /// <summary>A folder of a newcomer, who knows the folder of packages and the registries that this machine knows.</summary>
    public string NewFolder()
    {
        var folder = NewEmptyFolder();

        File.WriteAllText(Path.Combine(folder, "NuGet.config"), $"""
            <configuration>
              <packageSources>
                <add key="waybill" value="{Folder}" />
              </packageSources>
            </configuration>
            """);

        return folder;
    }
}

[CollectionDefinition(Name)]
public sealed class PackedCollection : ICollectionFixture<Packed>, ICollectionFixture<Running>
{
    public const string Name = "Packed";
}
