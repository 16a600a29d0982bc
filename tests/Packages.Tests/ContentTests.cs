using System.IO.Compression;
using System.Xml.Linq;
using Waybill.TestSupport;

namespace Waybill.Packages.Tests;

/// <summary>Rules out that a package lacks what its users look for, or brings what they did not ask for.</summary>
[Collection(PackedCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class ContentTests(Packed packed)
{
    public static TheoryData<string> Libraries => [.. Package.All.Where(package => !package.IsTool).Select(package => package.Id)];

    public static TheoryData<string> Ids => ProjectTests.Ids;

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_has_its_assembly_with_its_documentation_and_nothing_of_another(string id)
    {
        using var archive = packed.Open(Package.Of(id));

        Assert.Equal(
            [$"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"],
            archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("<summary>", Text(archive, $"lib/net10.0/{id}.xml"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_has_its_symbols_beside_it(string id)
    {
        using var archive = packed.Open(Package.Of(id), "snupkg");

        Assert.NotNull(archive.GetEntry($"lib/net10.0/{id}.pdb"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_has_README_licence_tags_and_commit(string id)
    {
        using var archive = packed.Open(Package.Of(id));
        var about = Nuspec(archive, id);

        Assert.Equal(("README.md", "MIT", Versions.Own), (about["readme"], about["license"], about["version"]));
        Assert.Contains("webhooks", about["tags"], StringComparison.Ordinal);
        Assert.StartsWith($"# {id}\n", Text(archive, "README.md"), StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{40}$", (string?)Metadata(archive, id).Elements().Single(element => element.Name.LocalName == "repository").Attribute("commit"));
    }

    /// <summary>At least in the version that it was built with, so that a program may have a later one.</summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public void It_brings_what_it_needs_and_no_more(string id)
    {
        using var archive = packed.Open(Package.Of(id));
        var brought = Metadata(archive, id).Descendants().Where(element => element.Name.LocalName == "dependency").ToList();

        Assert.Equal(Package.Of(id).Brings.Order(StringComparer.Ordinal), brought.Select(one => (string)one.Attribute("id")!).Order(StringComparer.Ordinal));
        Assert.All(brought, one => Assert.Matches("^[0-9.]+$", (string)one.Attribute("version")!));
    }

    [Fact]
    public void The_command_has_the_licences_of_what_it_is_built_with()
    {
        using var archive = packed.Open(Package.Of("Waybill.Cli"));

        Assert.NotNull(archive.GetEntry("LICENSE"));
        Assert.Contains("Spectre.Console", Text(archive, "THIRD-PARTY-NOTICES.md"), StringComparison.Ordinal);
        Assert.Contains("<Command Name=\"waybill\"", Text(archive, "tools/net10.0/any/DotnetToolSettings.xml"), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Nuspec(ZipArchive archive, string id) => Metadata(archive, id).Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);

    private static XElement Metadata(ZipArchive archive, string id) => XDocument.Parse(Text(archive, $"{id}.nuspec")).Root!.Elements().Single(element => element.Name.LocalName == "metadata");

    private static string Text(ZipArchive archive, string entry)
    {
        using var reader = new StreamReader(archive.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }
}
