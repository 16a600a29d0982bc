using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>The command, started once and ready, with an empty home, for tests that look at it and leave it as it was.</summary>
public sealed class RunningCommand : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _home = new();

    internal CommandSettings Settings { get; private set; } = null!;

    internal AppHostCommand Command { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Settings = new CommandSettings(_data.Path) { Home = _home.Path };
        Command = await AppHostCommand.StartReadyAsync(Settings);
    }

    public async Task DisposeAsync()
    {
        await Command.DisposeAsync();
        _data.Dispose();
        _home.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class RunningCommandCollection : ICollectionFixture<RunningCommand>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "One running command";
}
