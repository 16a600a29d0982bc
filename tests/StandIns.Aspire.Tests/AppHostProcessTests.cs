using System.Net;
using System.Net.Sockets;
using StandIns.Aspire.Tests.Support;

namespace StandIns.Aspire.Tests;

public sealed class AppHostProcessTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_ends_the_AppHost_and_all_it_has_started(string signal)
    {
        await using var appHost = AppHostProcess.Start();
        await appHost.PrintsAsync("front listens on");
        var started = Processes.Below(appHost.Id);
        Assert.NotEmpty(started);

        await appHost.SignalAsync(signal);

        var exitCode = await appHost.ExitCodeAsync();
        Assert.True(exitCode == 0, $"It ended with {exitCode} and printed: {appHost.Output}");
        await Processes.GoneAsync(started, appHost.Deadline);
    }

    [Fact]
    public async Task Kill_of_the_AppHost_leaves_no_child()
    {
        await using var appHost = AppHostProcess.Start();
        await appHost.PrintsAsync("front listens on");
        var started = Processes.Below(appHost.Id);
        Assert.True(started.Count >= 5, $"store, api, front, its child and the guard, but only {started.Count}");

        await appHost.SignalAsync("KILL");

        await appHost.ExitCodeAsync();
        await Processes.GoneAsync(started, appHost.Deadline);
    }

    [Fact]
    public async Task AppHost_starts_anew_on_the_same_ports_after_a_kill()
    {
        var port = $"--ApiPort={FreePort.Next()}";
        string[] args = ["--DcpPublisher:RandomizePorts=false", port];

        await using (var first = AppHostProcess.Start(args))
        {
            await first.PrintsAsync("front listens on");
            var started = Processes.Below(first.Id);
            await first.SignalAsync("KILL");
            await Processes.GoneAsync(started, first.Deadline);
        }

        await using var second = AppHostProcess.Start(args);
        await second.PrintsAsync("front listens on");
    }

    [Fact]
    public async Task Port_in_use_ends_the_AppHost_with_one_line_that_says_so()
    {
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();
        var port = ((IPEndPoint)occupant.LocalEndpoint).Port;

        await using var appHost = AppHostProcess.Start("--DcpPublisher:RandomizePorts=false", $"--ApiPort={port}");

        Assert.Equal(1, await appHost.ExitCodeAsync());
        Assert.Contains(
            $"The application did not start: Port {port} for the endpoint 'http' of resource 'api'",
            appHost.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", appHost.Output, StringComparison.Ordinal);
    }
}
