using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Waybill.ServiceDefaults;
using Waybill.TestSupport;

namespace Waybill.Docs.Tests;

/// <summary>Rules out an assembly, a package or a document with another version or licence than the others.</summary>
public sealed partial class VersionTests
{
    private static readonly XDocument Properties = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"));

    /// <summary>What only Directory.Build.props may say.</summary>
    private static readonly string[] Owned =
    [
        "Version", "VersionPrefix", "VersionSuffix", "PackageVersion", "AssemblyVersion", "FileVersion", "InformationalVersion",
        "Product", "Authors", "Company", "Copyright", "PackageLicenseExpression", "PackageLicenseFile",
    ];

    public static TheoryData<string> Projects => [.. Solution];

    public static TheoryData<string> NpmPackages =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "package.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(path => !path.Split('/').Any(part => part is "node_modules" or "bin" or "obj" or ".waybill")),
    ];

    [Fact]
    public void Every_assembly_has_the_version_the_authors_and_the_licence()
    {
        var assemblies = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Intersect(Solution.Select(project => Path.GetFileNameWithoutExtension(project)))
            .Select(Assembly.Load)
            .ToList();

        Assert.Contains(typeof(ServiceDefaultsExtensions).Assembly, assemblies);
        Assert.All(assemblies, assembly =>
        {
            Assert.Equal(Property("Version"), Told(assembly).Split('+')[0]);
            Assert.Equal(Property("Authors"), assembly.GetCustomAttribute<AssemblyCompanyAttribute>()?.Company);
            Assert.Equal(Property("Copyright"), assembly.GetCustomAttribute<AssemblyCopyrightAttribute>()?.Copyright);
        });
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_leaves_version_and_licence_to_the_properties_of_all(string project)
    {
        var elements = XDocument.Load(Path.Combine(Repository.Root, project)).Descendants().Select(element => element.Name.LocalName);

        Assert.Empty(elements.Intersect(Owned));
    }

    [Fact]
    public void The_licence_is_MIT_in_file_packages_and_copyright()
    {
        var licence = File.ReadAllText(Path.Combine(Repository.Root, "LICENSE"));

        Assert.Equal("MIT", Property("PackageLicenseExpression"));
        Assert.StartsWith("MIT License\n", licence, StringComparison.Ordinal);
        Assert.Equal(Property("Copyright"), $"{Copyright().Match(licence).Value}. MIT License.");
    }

    [Theory]
    [MemberData(nameof(NpmPackages))]
    public void An_npm_package_of_ours_has_the_licence_and_is_not_published(string path)
    {
        using var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, path)));

        Assert.Equal("MIT", package.RootElement.GetProperty("license").GetString());
        Assert.True(package.RootElement.GetProperty("private").GetBoolean());
    }

    [Fact]
    public void The_changelog_has_the_version_on_top()
    {
        var newest = Released().Match(File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md")));

        Assert.Equal(Property("Version"), newest.Groups["version"].Value);
    }

    [Fact]
    public async Task The_services_tell_the_version_with_their_traces_and_metrics()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults();
        await using var app = builder.Build();

        var traces = app.Services.GetRequiredService<TracerProvider>().GetResource();
        var metrics = app.Services.GetRequiredService<MeterProvider>().GetResource();

        Assert.All([traces, metrics], resource => Assert.Contains(new("service.version", Told(typeof(ServiceDefaultsExtensions).Assembly)), resource.Attributes));
    }

    private static IEnumerable<string> Solution => ProjectInSolution()
        .Matches(File.ReadAllText(Path.Combine(Repository.Root, "Aspire.sln")))
        .Select(match => match.Groups[1].Value.Replace('\\', '/'));

    private static string Told(Assembly assembly) => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static string Property(string name) => Properties.Descendants(name).Single().Value;

    [GeneratedRegex("""= "[^"]+", "([^"]+\.csproj)",""")]
    private static partial Regex ProjectInSolution();

    [GeneratedRegex(@"^Copyright \(c\) .+$", RegexOptions.Multiline)]
    private static partial Regex Copyright();

    /// <summary>The first heading with a version and the day of its release.</summary>
    [GeneratedRegex(@"^## \[(?<version>\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", RegexOptions.Multiline)]
    private static partial Regex Released();
}
