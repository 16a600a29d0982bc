using System.Runtime.InteropServices;

namespace StandIns.Aspire.Tests.Support;

/// <summary>A folder with an AppHost and an npm package whose setup "unpacks" Data/fake-dashboard.mjs.</summary>
internal sealed class PackageFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("package-folder-");
    private readonly string _modules;
    private readonly string _package;

    public PackageFolder(string modules)
    {
        var platform = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        _modules = Path.Combine(_root.FullName, modules);
        _package = Path.Combine(_modules, "@microsoft", $"aspire-cli-{platform}");
        var programs = Directory.CreateDirectory(Path.Combine(_package, "bin")).FullName;

        Directory.CreateDirectory(AppHostDirectory);
        File.Copy(Path.Combine(NodeResources.DataDirectory, "fake-aspire.sh"), Path.Combine(programs, "aspire"));
        File.Copy(DashboardArguments.FakeProgram, Path.Combine(programs, "fake-dashboard.mjs"));
        Version = "1.0.0";
    }

    public string AppHostDirectory => Path.Combine(_root.FullName, "src", "AppHost");

    public string Version
    {
        set => File.WriteAllText(Path.Combine(_package, "package.json"), $$"""{ "version": "{{value}}" }""");
    }

    public int Unpackings => File.ReadAllLines(Path.Combine(_modules, "..", ".aspire", "unpackings")).Length;

    public void Dispose() => _root.Delete(recursive: true);
}
