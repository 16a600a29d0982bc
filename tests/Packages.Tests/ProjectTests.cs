using System.Text.Json.Nodes;
using System.Xml.Linq;
using Waybill.TestSupport;

namespace Waybill.Packages.Tests;

/// <summary>Rules out that a package is made which nobody tests, or that one is left out where all are packed. It packs nothing, and is quick.</summary>
public sealed class ProjectTests
{
    [Fact]
    public void Every_project_that_is_a_package_is_in_the_table() =>
        Assert.Equal(Package.All.Select(package => package.Project).Order(StringComparer.Ordinal), Packable());

    [Fact]
    public void All_are_packed_by_one_command()
    {
        var packed = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "clients/Packages.slnf")))!["solution"]!["projects"]!.AsArray().Select(project => (string)project!);

        Assert.Equal(Packable(), packed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_says_what_it_is_and_its_README_has_the_C_sharp_that_is_tested(string id)
    {
        var package = Package.Of(id);
        var project = XDocument.Load(Path.Combine(Repository.Root, package.Project));
        var readme = File.ReadAllText(Path.Combine(Repository.Root, Path.GetDirectoryName(package.Project)!, "README.md"));

        Assert.Equal(id, project.Descendants("PackageId").Single().Value);
        Assert.EndsWith(".", project.Descendants("Description").Single().Value, StringComparison.Ordinal);
        Assert.StartsWith($"# {id}\n", readme, StringComparison.Ordinal);
        Assert.Equal(package.Examples.Count, Readme.Blocks(readme).Count);
    }

    /// <summary>A package that a program which is compiled ahead of time cannot use says so here.</summary>
    [Theory]
    [InlineData("Waybill.Contracts")]
    [InlineData("Waybill.Client")]
    public void It_may_be_trimmed_and_compiled_ahead_of_time(string id) =>
        Assert.Equal("true", XDocument.Load(Path.Combine(Repository.Root, Package.Of(id).Project)).Descendants("IsAotCompatible").Single().Value);

    public static TheoryData<string> Ids => [.. Package.All.Select(package => package.Id)];

    private static IEnumerable<string> Packable() => new[] { "cli", "clients", "src" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
        .Where(project => XDocument.Load(project).Descendants("IsPackable").Any(packable => packable.Value == "true"))
        .Select(project => Path.GetRelativePath(Repository.Root, project).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);
}
