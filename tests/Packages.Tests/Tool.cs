using System.Diagnostics;
using Waybill.TestSupport;

namespace Waybill.Packages.Tests;

/// <summary>Runs a program of somebody's machine, in a folder.</summary>
internal static class Tool
{
    /// <summary>Generous, as a build on a busy machine takes its time: it is reached only by a test that fails.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(20);

    /// <exception cref="InvalidOperationException">It failed; the message has what it printed.</exception>
    public static async Task<string> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, string program, params string[] arguments)
    {
        var (exitCode, output) = await TryAsync(folder, environment, program, arguments);

        return exitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {exitCode}: {output}");
    }

    public static async Task<(int ExitCode, string Output)> TryAsync(string folder, IReadOnlyDictionary<string, string> environment, string program, params string[] arguments)
    {
        var start = StartOf(folder, environment, program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();

        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>A receiver of a newcomer's, which is ended by who has it.</summary>
    /// <param name="url">Where it listens, unless it is told otherwise.</param>
    public static Task<PrintingProcess> ServeAsync(string folder, IReadOnlyDictionary<string, string> environment, Uri url, string program, params string[] arguments)
    {
        var served = new Dictionary<string, string>(environment) { ["ASPNETCORE_URLS"] = url.GetLeftPart(UriPartial.Authority) };
        return StartAsync(folder, served, line => line.Contains("Now listening on", StringComparison.Ordinal), program, arguments);
    }

    /// <summary>A program that runs until it is ended, by who has it.</summary>
    /// <param name="isReady">Whether a line that it prints says that it is up.</param>
    public static Task<PrintingProcess> StartAsync(string folder, IReadOnlyDictionary<string, string> environment, Func<string, bool> isReady, string program, params string[] arguments) =>
        PrintingProcess.StartAsync(StartOf(folder, environment, program, arguments), isReady);

    private static ProcessStartInfo StartOf(string folder, IReadOnlyDictionary<string, string> environment, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };

        // As the test's own, but for what MSBuild has left there of the build that runs the tests.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        // No server of a build stays behind.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
