using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.Packages.Tests;

/// <summary>A newcomer's project in an empty folder, with an example as its whole program.</summary>
internal sealed class Consumer(Packed packed, Package package, int number)
{
    private const string Assembly = "consumer";

    private readonly string _folder = packed.NewFolder();
    private readonly Example _example = package.Examples[number];

    /// <param name="replaced">Addresses and the like of the README, and what stands for them here.</param>
    /// <returns>How it is started.</returns>
    public async Task<(string Program, string[] Arguments)> BuildAsync(IReadOnlyDictionary<string, string> replaced)
    {
        var source = Readme.Blocks(Text())[number];

        foreach (var (written, here) in replaced)
        {
            source = source.Replace(written, here, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "Program.cs"), source);
        await File.WriteAllTextAsync(Path.Combine(_folder, $"{Assembly}.csproj"), Project());

        if (!_example.IsNative)
        {
            await Tool.RunAsync(_folder, packed.Environment, "dotnet", "build", "-o", "out", "-warnaserror");
            return ("dotnet", ["exec", Path.Combine(_folder, "out", $"{Assembly}.dll")]);
        }

        // Without a linker the analysis is the same, and the program runs on what is left of the runtime.
        var kind = Linker.IsThere ? "-p:PublishAot=true" : "-p:PublishTrimmed=true";
        await Tool.RunAsync(_folder, packed.Environment, "dotnet", "publish", "-o", "out", "-r", "linux-x64", kind, "-p:TrimmerSingleWarn=false", "-warnaserror");
        return (Path.Combine(_folder, "out", Assembly), []);
    }

    public Task<string> RunAsync((string Program, string[] Arguments) built, IReadOnlyDictionary<string, string> environment) =>
        Tool.RunAsync(_folder, environment, built.Program, built.Arguments);

    /// <summary>Until it is ended by its id.</summary>
    /// <param name="url">Where it listens.</param>
    public Task<PrintingProcess> ServeAsync((string Program, string[] Arguments) built, Uri url) => Tool.ServeAsync(_folder, packed.Environment, url, built.Program, built.Arguments);

    /// <summary>An AppHost, with a dashboard and ports that are free, until it is ended by its id.</summary>
    public Task<PrintingProcess> HostAsync((string Program, string[] Arguments) built) => Tool.StartAsync(
        _folder,
        new Dictionary<string, string>(packed.Environment)
        {
            ["ASPNETCORE_URLS"] = $"http://localhost:{LoopbackPort.Pick()}",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://localhost:{LoopbackPort.Pick()}",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        },
        line => line.Contains(_example.Prints, StringComparison.Ordinal),
        built.Program,
        built.Arguments);

    private string Text()
    {
        using var archive = packed.Open(package);
        using var reader = new StreamReader(archive.GetEntry("README.md")!.Open());
        return reader.ReadToEnd();
    }

    private string Sdk => _example switch
    {
        { IsAppHost: true } => $"Aspire.AppHost.Sdk/{Versions.OfAspireSdk}",
        { Serves: not null } => "Microsoft.NET.Sdk.Web",
        _ => "Microsoft.NET.Sdk",
    };

    /// <summary>Of an AppHost: that it does without the Aspire CLI, and that a registry lacks the very versions of what Aspire needs.</summary>
    private string Ignored => _example.IsAppHost ? ";ASPIRE010;NU1603" : "";

    private string Project() => $"""
        <Project Sdk="{Sdk}">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <AssemblyName>{Assembly}</AssemblyName>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <NoWarn>$(NoWarn){Ignored}</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{package.Id}" Version="{Versions.Own}" />
            {string.Concat(_example.With.Select(id => $"""<PackageReference Include="{id}" Version="{Versions.OfExtensions}" />"""))}
          </ItemGroup>
        </Project>
        """;
}
