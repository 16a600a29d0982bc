using System.Diagnostics;
using System.Text.RegularExpressions;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Tour;

/// <summary>The commands that README.md and docs/tour.md have their reader type, as they are printed, and a shell that runs them.</summary>
internal static partial class PrintedTour
{
    /// <summary>Each block of commands, in the order of the documents; a block of anything else names its language.</summary>
    public static IReadOnlyList<string> Commands { get; } =
    [
        .. Block().Matches(Printed())
            .Where(match => match.Groups["language"].Length == 0)
            .Select(match => match.Groups["text"].Value.Trim()),
    ];

    /// <summary>Those that hand over a notification.</summary>
    public static IEnumerable<string> Posts => Commands.Where(command => command.Contains(" -d '", StringComparison.Ordinal));

    /// <summary>The one block that has that part.</summary>
    public static string With(string part) => Commands.Single(command => command.Contains(part, StringComparison.Ordinal));

    public static async Task RunAsync(string command)
    {
        using var shell = Start(command);
        var printed = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.True(shell.ExitCode == 0, $"{command} ended with {shell.ExitCode}: {printed}");
    }

    /// <summary>In the repository's root, as the reader does.</summary>
    public static Process Start(string command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string Printed()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var begin = readme.IndexOf("\n## Deliver one", StringComparison.Ordinal);
        var first = readme[begin..readme.IndexOf("\n## Look at it", StringComparison.Ordinal)];

        return first + File.ReadAllText(Path.Combine(Repository.Root, "docs/tour.md"));
    }

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
