namespace Waybill.LocalAws;

/// <summary>The installed tools of <c>local/package.json</c>: where each one is.</summary>
/// <param name="Folder">The <c>local/</c> folder; the working directory for all of them.</param>
/// <param name="DynamoDb">The DynamoDB emulator: <c>serve --host 127.0.0.1 -p PORT [--db-path FILE]</c>; answers <c>GET /</c> with 200.</param>
/// <param name="Node">A Node that can run <paramref name="SqsScript"/>.</param>
/// <param name="SqsScript">The SQS emulator: <c>--port PORT [--data FOLDER]</c>; answers <c>GET /health</c> with 200.</param>
public sealed record LocalTools(string Folder, string DynamoDb, string Node, string SqsScript)
{
    private const string Contents = "the local DynamoDB and SQS (about 75 MB)";

    /// <summary>
    /// Installs what <c>local/package-lock.json</c> names, unless exactly that is there already. Safe to call from any number of
    /// processes at once: one installs, the others wait for it. The first install downloads about 75 MB.
    /// </summary>
    /// <param name="log">Gets a line when something takes time; nothing when all is in place.</param>
    /// <param name="options">Null: the repository this program was built in.</param>
    /// <param name="cancellationToken">Ends the wait, and an <c>npm ci</c> that is under way.</param>
    /// <exception cref="LocalToolsException">A tool is missing, too old or failed; the message says what to do.</exception>
    public static async Task<LocalTools> EnsureInstalledAsync(
        Action<string>? log = null,
        LocalToolsOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new LocalToolsOptions();
        log ??= _ => { };

        var folder = LocalFolder.Find(options.Folder);
        var install = new NpmInstall(folder, Contents, log, options.SearchPath);
        await install.EnsureAsync(cancellationToken);

        return await Locate(folder, options.SearchPath, cancellationToken);
    }

    private static async Task<LocalTools> Locate(string folder, string searchPath, CancellationToken cancellationToken)
    {
        var packages = new PlatformPackages(folder);
        var node = packages.Node ?? await NodeOnPath.FindForSqsAsync(searchPath, packages, cancellationToken);

        return new LocalTools(folder, packages.RequireDynamoDb(), node, Path.Combine(folder, "sqs.mjs"));
    }
}
