using System.Text.Json;
using System.Text.RegularExpressions;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Tour;

/// <summary>What a document has its reader type, and what it says comes back, as they are printed.</summary>
internal sealed partial class PrintedTour
{
    private PrintedTour(string text)
    {
        var blocks = Block().Matches(text).Select(match => (Language: match.Groups["language"].Value, Text: match.Groups["text"].Value.Trim())).ToList();

        Commands = [.. blocks.Where(block => block.Language == "").Select(block => block.Text)];
        Answers = [.. blocks.Where(block => block.Language == "json" && !block.Text.Contains('…', StringComparison.Ordinal)).Select(block => JsonElement.Parse(block.Text))];
    }

    /// <summary>From the README's first notification on, through docs/tour.md.</summary>
    public static PrintedTour Notifications { get; } = new(FirstOfReadme() + Read("docs/tour.md"));

    /// <summary>docs/endpoints.md, but for the section that takes a minute.</summary>
    public static PrintedTour Endpoints { get; } = new(Read("docs/endpoints.md").Replace(Unrepaired(), "", StringComparison.Ordinal));

    /// <summary>How docs/endpoints.md goes on where nobody repairs the endpoint.</summary>
    public static PrintedTour UnrepairedEndpoint { get; } = new(Unrepaired());

    /// <summary>Each block of commands, in the order of the document; a block of anything else names its language.</summary>
    public IReadOnlyList<string> Commands { get; }

    /// <summary>Those that are printed whole.</summary>
    public IReadOnlyList<JsonElement> Answers { get; }

    /// <summary>The one block of commands that has that part.</summary>
    public string With(string part) => Commands.Single(command => command.Contains(part, StringComparison.Ordinal));

    private static string FirstOfReadme()
    {
        var readme = Read("README.md");
        var begin = readme.IndexOf("\n## Deliver one", StringComparison.Ordinal);

        return readme[begin..readme.IndexOf("\n## Publish to customers", StringComparison.Ordinal)];
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static string Unrepaired()
    {
        var walk = Read("docs/endpoints.md");
        var begin = walk.IndexOf("\n## When nobody repairs it", StringComparison.Ordinal);

        return walk[begin..walk.IndexOf("\n## What holds", StringComparison.Ordinal)];
    }

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
