using System.Diagnostics;
using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>Starts that differ from the usual one.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class StartingTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _home = new();

    [LinuxFact]
    public async Task A_service_that_does_not_start_is_named_with_what_it_says()
    {
        var settings = new CommandSettings(_data.Path) { Others = new Dictionary<string, string> { ["Fairness__MaxPerHost"] = "0" } };
        await using var command = await AppHostCommand.StartAsync(settings);

        await command.SaysAllAsync();
        Assert.Contains("worker ended with exit code", command.Printed, StringComparison.Ordinal);
        Assert.Contains("The field MaxPerHost must be between 1 and 1000.", command.Printed, StringComparison.Ordinal);

        await command.InterruptAsync();
        Assert.Equal(0, await command.ExitCodeAsync());
        await command.AllEndedAsync();
    }

    [LinuxFact]
    public async Task What_it_waits_for_is_named_until_it_is_there()
    {
        await using var command = await AppHostCommand.StartAsync(new CommandSettings(_data.Path));
        var worker = await Eventually.BecomesAsync(() => Task.FromResult(command.Processes("DeliveryWorker.dll")), started => started.Count > 0, Deadlines.Start);
        await ProcessTable.SignalAsync("STOP", worker.Single());

        await command.SaysAsync("Waybill is not ready after ");
        await command.SaysAsync("worker is Running; http://localhost:");
        Assert.DoesNotContain("intake is", command.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("Group", command.Printed, StringComparison.Ordinal);

        await ProcessTable.SignalAsync("CONT", worker.Single());
        await command.SaysAllAsync();
        Assert.Contains("Waybill is ready", command.Printed, StringComparison.Ordinal);
    }

    /// <summary>Aspire offers one that is there to its orchestrator, which does not start with two.</summary>
    [LinuxFact]
    public async Task A_developer_certificate_changes_nothing()
    {
        var settings = new CommandSettings(_data.Path) { Home = _home.Path };
        await TrustDeveloperCertificateAsync(settings);

        await using var command = await AppHostCommand.StartReadyAsync(settings);

        PrintedReport.Check(command.Printed);
    }

    public void Dispose()
    {
        _data.Dispose();
        _home.Dispose();
    }

    /// <summary>In that home only. Its exit code is another than 0 where browsers were not told of it, which does not matter here.</summary>
    private async Task TrustDeveloperCertificateAsync(CommandSettings settings)
    {
        var start = new ProcessStartInfo("dotnet", ["dev-certs", "https", "--trust", "--quiet"]) { RedirectStandardOutput = true, RedirectStandardError = true };

        settings.ApplyTo(start);

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(_home.Path, ".dotnet", "corefx", "cryptography", "x509stores", "root")));
    }
}
