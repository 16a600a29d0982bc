using System.Diagnostics;
using Waybill.LocalAws;

namespace Waybill.TestSupport;

/// <summary>Programs from npm that a test project runs, from a folder of its own with <c>package.json</c> and <c>package-lock.json</c>.</summary>
/// <param name="folder">The folder, from the repository's root.</param>
/// <param name="contents">What it installs, as the log calls it.</param>
public sealed class NodeTools(string folder, string contents)
{
    private static readonly string SearchPath = new LocalToolsOptions().SearchPath;

    private readonly string _folder = Path.Combine(Repository.Root, folder);

    /// <summary>Installs what the lock file says, once.</summary>
    public Task InstallAsync() => new NpmInstall(_folder, contents, Console.WriteLine, SearchPath).EnsureAsync(CancellationToken.None);

    /// <param name="script">From the folder.</param>
    /// <returns>The exit code and everything printed.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string script, params string[] arguments)
    {
        var node = Executable.Find("node", SearchPath) ?? throw new InvalidOperationException("node is not on the PATH.");
        var start = new ProcessStartInfo(node, [script, .. arguments]) { WorkingDirectory = _folder };

        // A linter has nothing to tell its makers.
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";

        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        return await Executable.RunAsync(start, SearchPath, deadline.Token);
    }
}
