using Waybill.TestSupport;

namespace Waybill.Docs.Tests;

/// <summary>Rules out test projects and stand-ins that no document mentions.</summary>
public sealed class InventoryTests
{
    [Fact]
    public void The_document_says_what_each_test_project_proves()
    {
        var documented = string.Join(' ', new MarkdownFile("docs/testing.md").Table("project", "proves", "needs").Select(cells => cells[0]));
        var missing = Folders("tests").Where(name => name.EndsWith(".Tests", StringComparison.Ordinal) && !documented.Contains($"`tests/{name}`", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    [Fact]
    public void The_index_of_stand_ins_lists_each_with_the_version_that_is_pinned()
    {
        var versions = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props"));
        var rows = new MarkdownFile("standins/README.md").Table("stand-in", "follows", "for");

        Assert.Equal(Folders("standins"), rows.Select(cells => cells[0][1..cells[0].IndexOf(']', StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.All(rows, cells => Assert.Contains(cells[1].Split(' ')[^1], versions, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Folders(string below) =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, below))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal);
}
