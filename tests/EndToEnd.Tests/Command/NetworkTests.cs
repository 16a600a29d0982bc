using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>What Waybill runs on this machine talks to this machine alone: no look for a newer version, no usage data.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class NetworkTests
{
    [OwnNetworkFact]
    public async Task From_its_start_to_its_end_nothing_looks_for_another_address()
    {
        // An empty home: nothing is known there from a former request, which would then not be made again.
        using var data = new TemporaryFolder();
        using var home = new TemporaryFolder();
        var settings = new CommandSettings(data.Path) { Home = home.Path, Wrapper = OwnNetwork.Command };

        await using var command = await AppHostCommand.StartReadyAsync(settings);
        using var network = new OwnNetwork(command.Id);

        await command.InterruptAsync();
        Assert.Equal(0, await command.ExitCodeAsync());
        await command.AllEndedAsync();

        // With a first notification that was delivered.
        PrintedReport.Check(command.Printed);
        Assert.Equal(0, network.PacketsSent());
        Assert.Equal(0, network.Ipv6Tries());
    }
}
