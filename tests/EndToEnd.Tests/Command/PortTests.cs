using System.Net;
using System.Net.Sockets;
using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>Ports that cannot be had are named before anything is started, as Aspire would start and wait without a word.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class PortTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    /// <summary>The addresses behind localhost; not every machine has both.</summary>
    public static TheoryData<string> Loopbacks => [.. new[] { "127.0.0.1", "::1" }.Where(IsOfThisMachine)];

    [LinuxTheory]
    [MemberData(nameof(Loopbacks))]
    public async Task A_port_in_use_is_named(string address)
    {
        using var other = new TcpListener(IPAddress.Parse(address), 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await IsRefusedAsync(new CommandSettings(_data.Path) { Intake = port }, $"Port {port} (Ports:Intake) cannot be used");
    }

    [LinuxFact]
    public async Task Two_settings_with_the_same_port_are_named()
    {
        var settings = new CommandSettings(_data.Path);

        await IsRefusedAsync(settings with { Status = settings.Intake }, $"Ports:Intake and Ports:Status are both {settings.Intake}");
    }

    public void Dispose() => _data.Dispose();

    private static async Task IsRefusedAsync(CommandSettings settings, string message)
    {
        await using var command = await AppHostCommand.StartAsync(settings);

        Assert.Equal(1, await command.ExitCodeAsync());
        Assert.Contains(message, command.Printed, StringComparison.Ordinal);
        await command.AllEndedAsync();
    }

    private static bool IsOfThisMachine(string address)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Parse(address), 0);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
