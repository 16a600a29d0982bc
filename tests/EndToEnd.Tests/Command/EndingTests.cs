using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>However the command ends, nothing of it stays behind but the data.</summary>
public sealed class EndingTests : IDisposable
{
    /// <summary>AppHost, its guard, two emulators, receiver and three services.</summary>
    private const int FewestProcesses = 8;

    private readonly TemporaryFolder _data = new();

    [LinuxFact]
    public async Task Ctrl_C_ends_every_process_and_the_next_start_has_the_data()
    {
        var (id, before) = await DeliverAndInterruptAsync();

        await using var again = await AppHostCommand.StartReadyAsync(new CommandSettings(_data.Path));
        using var client = again.CreateClient();

        Assert.Equal(before, (await client.GetAsync(id)).Json.GetRawText());
    }

    [LinuxFact]
    public async Task Kill_9_leaves_no_process_behind()
    {
        await using var command = await AppHostCommand.StartReadyAsync(new CommandSettings(_data.Path));
        Assert.InRange(command.Processes().Count, FewestProcesses, int.MaxValue);

        command.Kill();

        await command.AllEndedAsync();
    }

    public void Dispose() => _data.Dispose();

    private async Task<(string Id, string Record)> DeliverAndInterruptAsync()
    {
        await using var command = await AppHostCommand.StartReadyAsync(new CommandSettings(_data.Path));
        Assert.InRange(command.Processes().Count, FewestProcesses, int.MaxValue);

        using var client = command.CreateClient();
        var id = await client.AcceptedAsync($$"""{ "url": "{{command.ReceiverUrl}}/ok", "payload": { "stays": true } }""");
        var record = await client.DeliveredAsync(id);

        await command.InterruptAsync();
        Assert.Equal(0, await command.ExitCodeAsync());
        await command.AllEndedAsync();

        return (id, record.GetRawText());
    }
}
