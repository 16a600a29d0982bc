using System.Diagnostics;
using Waybill.Infra.Tests.Support;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.CommandLine;

/// <summary>The pinned tools of infra/package.json, installed as its lock file says.</summary>
public sealed class Tools : IAsyncLifetime
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "infra");

    public async Task InitializeAsync() =>
        await new NpmInstall(Folder, "the CDK command line and a checker of templates", _ => { }).EnsureAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Synthesizes into a folder with the command of docs/deploy.md, and without any credentials.</summary>
    internal static Task<(int ExitCode, string Output)> SynthAsync(string output, params string[] context)
    {
        var app = $"dotnet {typeof(WaybillStacks).Assembly.Location}";
        return RunAsync("npx", ["cdk", "synth", "--no-lookups", "--no-notices", "--quiet", "--app", app, "--output", output, .. context]);
    }

    internal static string[] Complete { get; } =
    [
        "-c", $"certificateArn={Deployed.Certificate}",
        "-c", "publicHost=waybill.example.com",
        .. new[] { "intakeDigest", "statusDigest", "workerDigest", "collectorDigest" }.SelectMany(name => new[] { "-c", $"{name}={Deployed.Digest}" }),
    ];

    internal static Task<(int ExitCode, string Output)> CheckAsync(string templates) => RunAsync("node", ["check.mjs", templates]);

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };

        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["CDK_DISABLE_CLI_TELEMETRY"] = "true";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        return (process.ExitCode, await output + await errors);
    }
}
