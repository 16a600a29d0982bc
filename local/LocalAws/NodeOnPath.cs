using System.Diagnostics;

namespace Waybill.LocalAws;

/// <summary>The Node and npm that the machine brings: they install the tools and, on platforms without a Node package, run the SQS emulator.</summary>
internal static class NodeOnPath
{
    /// <summary>npm understands the lock file from version 7 on; Node 18 is the oldest that still brings a maintained one.</summary>
    private static readonly Version OldestForInstall = new(18, 0, 0);

    /// <summary>The SQS emulator keeps its data in Node's own SQLite, there since 22.5.</summary>
    private static readonly Version OldestForSqs = new(22, 5, 0);

    /// <returns>The path of npm, once npm and the Node it runs on are known to do.</returns>
    public static async Task<string> FindNpmAsync(string searchPath, CancellationToken cancellationToken)
    {
        var node = Executable.Find("node", searchPath) ?? throw new LocalToolsException(
            $"Node.js was not found on the PATH. {WhyAndWhat}");

        var version = await VersionAsync(node, searchPath, cancellationToken);

        if (version < OldestForInstall)
        {
            throw new LocalToolsException($"Node.js {version} ({node}) is too old. {WhyAndWhat}");
        }

        return Executable.Find("npm", searchPath) ?? throw new LocalToolsException(
            $"npm was not found on the PATH, though Node.js {version} is there ({node}). Install npm too: it is part of the downloads " +
            "on https://nodejs.org, and a package of its own (npm) in some Linux distributions.");
    }

    /// <summary>The fallback where npm has no Node package for this platform.</summary>
    public static async Task<string> FindForSqsAsync(string searchPath, PlatformPackages packages, CancellationToken cancellationToken)
    {
        var node = Executable.Find("node", searchPath);
        var version = node is null ? null : await VersionAsync(node, searchPath, cancellationToken);

        return version >= OldestForSqs ? node! : throw new LocalToolsException(
            $"The SQS emulator needs Node.js {OldestForSqs.ToString(2)} or newer; the PATH has {version?.ToString() ?? "none"}. " +
            packages.HowToAdd(PlatformPackages.NodePackage));
    }

    private static string WhyAndWhat =>
        $"Waybill installs its local DynamoDB and SQS with npm, which needs Node.js {OldestForInstall.Major} or newer. " +
        "Install it from https://nodejs.org or with your package manager, open a new terminal, and start again.";

    private static async Task<Version> VersionAsync(string node, string searchPath, CancellationToken cancellationToken)
    {
        var run = await Executable.RunAsync(new ProcessStartInfo(node, ["--version"]), searchPath, cancellationToken);
        var printed = run.Output.Trim();

        return run.ExitCode == 0 && Version.TryParse(printed.TrimStart('v').Split('-')[0], out var version)
            ? version
            : throw new LocalToolsException($"'{node} --version' should print a version, but printed '{printed}' (exit code {run.ExitCode}). {WhyAndWhat}");
    }
}
