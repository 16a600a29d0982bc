using Waybill.LocalAws;

namespace Waybill.Local.Tests.Install;

/// <summary>The search path holds only what the test puts there.</summary>
public sealed class NodeRequirementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NodeRequirementTests() => File.WriteAllText(_folder.File("package-lock.json"), "{}");

    [Fact]
    public async Task Missing_node_is_named_with_what_to_do()
    {
        var message = await FailureAsync();

        Assert.Contains("Node.js was not found on the PATH", message, StringComparison.Ordinal);
        Assert.Contains("needs Node.js 18 or newer", message, StringComparison.Ordinal);
        Assert.Contains("https://nodejs.org", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_node_is_named_with_its_version_its_place_and_what_to_do()
    {
        _folder.WriteScript("node", "echo v12.22.9");
        _folder.WriteScript("npm", "echo must not run; exit 1");

        var message = await FailureAsync();

        Assert.Contains($"Node.js 12.22.9 ({_folder.File("node")}) is too old", message, StringComparison.Ordinal);
        Assert.Contains("needs Node.js 18 or newer", message, StringComparison.Ordinal);
        Assert.Contains("https://nodejs.org", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_npm_is_told_apart_from_missing_node()
    {
        _folder.WriteScript("node", "echo v20.1.0");

        var message = await FailureAsync();

        Assert.Contains("npm was not found on the PATH, though Node.js 20.1.0 is there", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_does_not_run_is_shown_with_what_it_printed()
    {
        _folder.WriteScript("node", "echo 'libatomic.so.1: cannot open shared object file' >&2; exit 127");

        var message = await FailureAsync();

        Assert.Contains("libatomic.so.1", message, StringComparison.Ordinal);
        Assert.Contains("exit code 127", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_emulator_binary_is_named_with_what_to_do()
    {
        _folder.WriteScript("node", "echo v22.11.0");
        _folder.WriteScript("npm", "/bin/mkdir node_modules");

        var message = await FailureAsync();

        Assert.Contains("The DynamoDB emulator for this platform", message, StringComparison.Ordinal);
        Assert.Contains(_folder.FullPath, message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> FailureAsync()
    {
        var options = new LocalToolsOptions { Folder = _folder.FullPath, SearchPath = _folder.FullPath };
        var error = await Assert.ThrowsAsync<LocalToolsException>(() => LocalTools.EnsureInstalledAsync(options: options));
        return error.Message;
    }
}
