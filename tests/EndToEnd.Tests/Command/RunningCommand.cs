using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>The command, started once and ready, for tests that only look at it.</summary>
public sealed class RunningCommand : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();

    internal CommandSettings Settings { get; private set; } = null!;

    internal AppHostCommand Command { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Settings = new CommandSettings(_data.Path);
        Command = await AppHostCommand.StartReadyAsync(Settings);
    }

    public async Task DisposeAsync()
    {
        await Command.DisposeAsync();
        _data.Dispose();
    }
}
