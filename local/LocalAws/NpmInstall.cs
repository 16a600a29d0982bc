using System.Diagnostics;
using System.Security.Cryptography;

namespace Waybill.LocalAws;

/// <summary>
/// Brings <c>node_modules</c> to what the lock file says. A stamp inside <c>node_modules</c> holds the lock file's hash: it is
/// written last and removed first, so a stamp that matches means a finished install of the present lock file.
/// </summary>
/// <param name="folder">The folder with <c>package-lock.json</c>.</param>
/// <param name="contents">What it installs, as the log calls it.</param>
/// <param name="log">Gets a line when something takes time; nothing when all is in place.</param>
/// <param name="searchPath">Folders in which <c>node</c> and <c>npm</c> are looked for; null: the PATH of this process.</param>
public sealed class NpmInstall(string folder, string contents, Action<string> log, string? searchPath = null)
{
    private const int LinesOfOutputShown = 30;

    // --include=optional and --ignore-scripts hold whatever the user's own npm settings say; warnings about Node's version are
    // left out because the one package that needs a newer Node runs on the Node installed here.
    private static readonly string[] Arguments =
        ["ci", "--no-audit", "--no-fund", "--include=optional", "--ignore-scripts", "--prefer-offline", "--loglevel=error"];

    private readonly string _searchPath = searchPath ?? new LocalToolsOptions().SearchPath;
    private readonly string _stamp = Path.Combine(folder, "node_modules", ".waybill-stamp");

    /// <exception cref="LocalToolsException">npm is missing or failed; the message says what to do.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (IsCurrent())
        {
            return;
        }

        using var installLock = await InstallLock.AcquireAsync(folder, log, cancellationToken);

        // Another process may have finished the install while this one waited for the lock.
        if (!IsCurrent())
        {
            await InstallAsync(cancellationToken);
        }
    }

    private bool IsCurrent()
    {
        try
        {
            return File.ReadAllText(_stamp) == LockHash();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        var npm = await NodeOnPath.FindNpmAsync(_searchPath, cancellationToken);
        var hash = LockHash();
        var watch = Stopwatch.StartNew();

        log($"Installing {contents} with npm in {folder} (once)");
        RemoveStamp();

        var start = new ProcessStartInfo(npm, Arguments) { WorkingDirectory = folder };
        var run = await Executable.RunAsync(start, _searchPath, cancellationToken);

        if (run.ExitCode != 0)
        {
            throw new LocalToolsException(
                $"npm could not install {contents} ('npm {string.Join(' ', Arguments)}' in {folder}, exit code {run.ExitCode}). It says:" +
                Environment.NewLine + Beginning(run.Output));
        }

        await File.WriteAllTextAsync(_stamp, hash, cancellationToken);
        log($"Installed in {watch.Elapsed.TotalSeconds:0} s");
    }

    private void RemoveStamp()
    {
        if (File.Exists(_stamp))
        {
            File.Delete(_stamp);
        }
    }

    private string LockHash() =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "package-lock.json"))));

    /// <summary>npm says first what is wrong; what follows can be hundreds of lines about each package.</summary>
    private static string Beginning(string output)
    {
        var lines = output.TrimEnd().Split('\n');
        var shown = lines.Length > LinesOfOutputShown ? [.. lines.Take(LinesOfOutputShown), "…"] : lines;

        return string.Join(Environment.NewLine, shown);
    }
}
