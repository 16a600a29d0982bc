using System.Text.RegularExpressions;
using Waybill.TestSupport;

namespace Waybill.Docs.Tests;

/// <summary>Rules out links, images and paths that lead nowhere.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "node_modules" or "bin" or "obj" || (part.StartsWith('.') && part != ".github")))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_relative_link_and_image_leads_to_a_file_and_a_heading_that_exist(string path)
    {
        var document = new MarkdownFile(path);
        var broken = document.Links.Where(link => !IsElsewhere(link) && !Exists(document, link));

        Assert.Empty(broken);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_in_the_text_exists(string path)
    {
        var document = new MarkdownFile(path);
        var missing = document.CodeSpans.Where(span => RepositoryPath().IsMatch(span) && !ExistsBelow(Repository.Root, span));

        Assert.Empty(missing);
    }

    private static bool IsElsewhere(string link) => link.Contains("://", StringComparison.Ordinal);

    private static bool Exists(MarkdownFile document, string link)
    {
        var parts = link.Split('#', 2);
        var file = parts[0].Length == 0 ? document.FullPath : Path.Combine(Path.GetDirectoryName(document.FullPath)!, parts[0]);

        if (parts.Length == 1 || !File.Exists(file))
        {
            return Path.Exists(file);
        }

        return new MarkdownFile(Path.GetRelativePath(Repository.Root, file)).Anchors.Contains(parts[1]);
    }

    /// <summary>What a run makes need not be there in a clone.</summary>
    private static bool ExistsBelow(string root, string path) =>
        path.Split('/').Any(part => part is "node_modules" or "results") || Path.Exists(Path.Combine(root, path.TrimEnd('/')));

    /// <summary>A path from the root into one of the folders that hold sources, without wildcards.</summary>
    [GeneratedRegex("^(src|tests|local|samples|standins|docs|requests|infra|bench|cli|clients|\\.github|\\.ci|\\.devcontainer)/[A-Za-z0-9_./-]*$")]
    private static partial Regex RepositoryPath();
}
