using System.Text.RegularExpressions;
using Waybill.TestSupport;

namespace Waybill.Docs.Tests;

/// <summary>A document of this repository, as far as the tests need to understand it.</summary>
internal sealed partial class MarkdownFile
{
    private readonly string[] _lines;

    /// <param name="path">From the repository's root, with slashes.</param>
    public MarkdownFile(string path)
    {
        Path = path;
        Text = File.ReadAllText(FullPath);
        _lines = Text.Split('\n');
    }

    public string Path { get; }

    public string Text { get; }

    public string FullPath => System.IO.Path.Combine(Repository.Root, Path);

    /// <summary>Targets of links and images, those in code blocks left out.</summary>
    public IEnumerable<string> Links => Link().Matches(Prose).Select(match => match.Groups[1].Value);

    /// <summary>What stands in backticks within the prose.</summary>
    public IEnumerable<string> CodeSpans => CodeSpan().Matches(Prose).Select(match => match.Groups[1].Value);

    /// <summary>The names by which links reach the headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors =>
        Heading().Matches(Prose).Select(match => NotInAnchors().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private string Prose => CodeBlock().Replace(Text, "");

    /// <summary>The rows of the table with that header, each cell as it is written.</summary>
    public IReadOnlyList<string[]> Table(params string[] header)
    {
        var start = Array.FindIndex(_lines, line => Cells(line).SequenceEqual(header));
        Assert.True(start >= 0, $"{Path} has no table with the header | {string.Join(" | ", header)} |");

        return [.. _lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|')).Select(Cells)];
    }

    public override string ToString() => Path;

    private static string[] Cells(string line) =>
        line.StartsWith('|') ? [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())] : [];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
