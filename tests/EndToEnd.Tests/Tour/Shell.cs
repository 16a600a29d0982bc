using System.Diagnostics;
using System.Text.Json;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Tour;

/// <summary>Runs a command in the repository's root, as the reader does.</summary>
internal static class Shell
{
    private const string Begin = """
        set -o pipefail
        curl() { node tests/EndToEnd.Tests/Tour/curl.mjs "$@"; }

        """;

    /// <returns>What it prints.</returns>
    public static async Task<string> RunAsync(string command)
    {
        using var shell = Start(command);
        var printed = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.True(shell.ExitCode == 0, $"{command} ended with {shell.ExitCode}: {printed}");
        return printed;
    }

    /// <returns>The JSON that it prints.</returns>
    public static async Task<JsonElement> AnswerAsync(string command) => JsonElement.Parse(await RunAsync(command));

    public static Process Start(string command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", Begin + command]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
