using Waybill.TestSupport;
using Waybill.TestSupport.Systems;

namespace Waybill.Packages.Tests;

/// <summary>Rules out that a newcomer types what a README says, with nothing but the packages, and it does not work: all of Waybill runs for it.</summary>
[Collection(PackedCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class ReadmeTests(Packed packed, Running running) : IClassFixture<Running>
{
    private readonly WaybillSystem _waybill = running.Waybill;

    /// <summary>Addresses and key of the READMEs, which are those of a Waybill on a newcomer's machine, by those of this one.</summary>
    private Dictionary<string, string> Here => new()
    {
        ["http://localhost:5101"] = _waybill.Intake.Url.AbsoluteUri,
        ["http://localhost:5102"] = _waybill.Status.PublicUrl.AbsoluteUri,
        ["http://localhost:5199/ok"] = _waybill.Receiver.Urls[0].AbsoluteUri,
        ["waybill-local-key"] = TestKeys.Alice,
    };

    private Dictionary<string, string> Settings => new()
    {
        ["Waybill__IntakeUrl"] = _waybill.Intake.Url.AbsoluteUri,
        ["Waybill__StatusUrl"] = _waybill.Status.PublicUrl.AbsoluteUri,
        ["Waybill__ApiKey"] = TestKeys.Alice,
        ["WAYBILL_INTAKE_URL"] = _waybill.Intake.Url.AbsoluteUri,
        ["WAYBILL_STATUS_URL"] = _waybill.Status.PublicUrl.AbsoluteUri,
        ["WAYBILL_API_KEY"] = TestKeys.Alice,
    };

    public static TheoryData<string, int> Examples
    {
        get
        {
            var examples = new TheoryData<string, int>();

            foreach (var package in Package.All)
            {
                foreach (var (number, _) in package.Examples.Index())
                {
                    examples.Add(package.Id, number);
                }
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_runs_in_an_empty_folder(string id, int number)
    {
        var consumer = new Consumer(packed, Package.Of(id), number);

        var printed = await consumer.RunAsync(await consumer.BuildAsync(Here), Settings);

        Assert.Matches(Package.Of(id).Examples[number].Prints, string.Join('\n', printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !IsLog(line))));
    }

    [Fact]
    public async Task The_command_is_installed_and_delivers()
    {
        var folder = packed.NewFolder();
        await Tool.RunAsync(folder, packed.Environment, "dotnet", "tool", "install", "Waybill.Cli", "--version", Versions.Own, "--tool-path", "tools");

        var printed = await Tool.RunAsync(folder, Settings, Path.Combine(folder, "tools", "waybill"), "send", _waybill.Receiver.Urls[0].AbsoluteUri, "--text", "hello", "--watch");

        Assert.Contains("SUCCESS", printed, StringComparison.Ordinal);
    }

    /// <summary>Of the host, which are told on standard output, too.</summary>
    private static bool IsLog(string line) => line.StartsWith("info: ", StringComparison.Ordinal) || line.StartsWith("      ", StringComparison.Ordinal);
}
