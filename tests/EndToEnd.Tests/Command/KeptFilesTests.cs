using System.Runtime.Versioning;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>What Aspire keeps of a run is with the run's data, so that it goes with it, and nobody else reads its key.</summary>
[Collection(RunningCommandCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class KeptFilesTests(RunningCommand running)
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Aspire => Path.Combine(running.Settings.DataFolder, "aspire");

    [LinuxFact]
    public void Runs_of_the_dashboard_and_the_state_of_the_orchestrator_are_in_the_data_folder_and_not_in_the_home()
    {
        var kept = Files(Aspire);
        Assert.Contains(kept, file => file.StartsWith("dashboard/runs/", StringComparison.Ordinal));
        Assert.Contains("dcp.sqlite", kept);

        var inHome = Files(running.Settings.Home!);
        Assert.DoesNotContain(inHome, file => file.StartsWith(".aspire/dashboard", StringComparison.Ordinal));
        Assert.DoesNotContain(inHome, file => file.StartsWith(".dcp/state", StringComparison.Ordinal));
    }

    [LinuxFact]
    [SupportedOSPlatform("linux")]
    public void The_private_key_is_its_owners_alone()
    {
        Assert.Equal(OwnersFile, File.GetUnixFileMode(Path.Combine(Aspire, "api-key.pem")));
        Assert.Equal(OwnersFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Aspire));
    }

    /// <summary>From the folder.</summary>
    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order()];
}
