using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>However the command ends, nothing of it stays behind but the data.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class EndingTests : IDisposable
{
    /// <summary>AppHost, two of the orchestrator, dashboard, two emulators, receiver and three services; and what watches over them.</summary>
    private const int FewestProcesses = 10;

    private readonly TemporaryFolder _data = new();

    [LinuxFact]
    public async Task Ctrl_C_and_SIGTERM_end_every_process_and_the_next_start_has_the_data()
    {
        var (first, interrupted) = await DeliverAndEndAsync("INT");
        var (second, terminated) = await DeliverAndEndAsync("TERM");

        await using var again = await AppHostCommand.StartReadyAsync(new CommandSettings(_data.Path));
        using var client = again.CreateClient();

        Assert.Equal(interrupted, (await client.GetAsync(first)).Json.GetRawText());
        Assert.Equal(terminated, (await client.GetAsync(second)).Json.GetRawText());
    }

    [LinuxFact]
    public async Task Kill_9_leaves_no_process_behind()
    {
        await using var command = await StartAsync();

        command.Kill();

        await command.AllEndedAsync();
    }

    public void Dispose() => _data.Dispose();

    private async Task<AppHostCommand> StartAsync()
    {
        var command = await AppHostCommand.StartReadyAsync(new CommandSettings(_data.Path));
        Assert.InRange(command.Processes().Count, FewestProcesses, int.MaxValue);

        return command;
    }

    private async Task<(string Id, string Record)> DeliverAndEndAsync(string signal)
    {
        await using var command = await StartAsync();
        using var client = command.CreateClient();
        var id = await client.AcceptedAsync($$"""{ "url": "{{command.ReceiverUrl}}/ok", "payload": { "stays": true } }""");
        var record = await client.DeliveredAsync(id);

        await command.SignalAsync(signal);
        Assert.Equal(0, await command.ExitCodeAsync());
        await command.AllEndedAsync();

        // What came while it ended as well.
        PrintedReport.Check(command.Printed);
        return (id, record.GetRawText());
    }
}
