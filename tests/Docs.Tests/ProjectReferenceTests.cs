using System.Xml.Linq;
using Waybill.TestSupport;

namespace Waybill.Docs.Tests;

/// <summary>
/// Rules out project references against the architecture's direction: AppHost → services, local set-up, the typed client and the package for other AppHosts;
/// services → Hosting, Notifications and ServiceDefaults, never each other; Hosting → Notifications → Contracts.
/// The command line → the typed client → Contracts; the receiver's packages → Contracts. Tests may reference anything.
/// </summary>
public sealed class ProjectReferenceTests
{
    /// <summary>What each project may reference. One that is not listed here may not exist.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["src/AppHost"] =
        [
            "clients/Waybill.Client", "clients/Waybill.Hosting.Aspire", "local/LocalAws", "local/Provision", "samples/Receiver", "src/DeliveryWorker", "src/IntakeService", "src/StatusService",
        ],
        ["src/DeliveryWorker"] = ["src/Hosting", "src/Notifications", "src/ServiceDefaults"],
        ["src/IntakeService"] = ["src/Hosting", "src/Notifications", "src/ServiceDefaults"],
        ["src/StatusService"] = ["src/Hosting", "src/Notifications", "src/ServiceDefaults"],
        ["src/Hosting"] = ["src/Notifications"],
        ["src/Notifications"] = ["src/Contracts"],
        ["src/Contracts"] = [],
        ["src/ServiceDefaults"] = [],
        ["local/LocalAws"] = ["src/Notifications"],
        ["local/Emulators"] = ["local/LocalAws"],
        ["local/Provision"] = ["local/LocalAws"],
        ["cli"] = ["clients/Waybill.Client"],
        ["clients/Waybill.Client"] = ["src/Contracts"],
        ["clients/Waybill.Client.EntityFrameworkCore"] = ["clients/Waybill.Client"],
        ["clients/Waybill.Hosting.Aspire"] = [],
        ["clients/Waybill.Receiving"] = ["src/Contracts"],
        ["clients/Waybill.Receiving.EntityFrameworkCore"] = ["clients/Waybill.Receiving"],
        ["samples/OwnReceiver"] = ["clients/Waybill.Receiving"],
        ["samples/Receiver"] = ["src/Notifications"],
        ["samples/Shop/AppHost"] = ["clients/Waybill.Hosting.Aspire", "samples/Shop/Warehouse", "samples/Shop/Web"],
        ["samples/Shop/Warehouse"] = ["clients/Waybill.Receiving"],
        ["samples/Shop/Web"] = ["clients/Waybill.Client.EntityFrameworkCore"],
    };

    public static TheoryData<string> Projects =>
    [
        .. new[] { "src", "local", "samples", "cli", "clients" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(Relative)
            .Where(path => !path.Contains("/node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_direction_allows(string project)
    {
        var folder = Folder(project);
        Assert.True(Allowed.ContainsKey(folder), $"{folder} is new: say in this test what it may reference.");

        var forbidden = References(project).Except(Allowed[folder]);
        Assert.Empty(forbidden);
    }

    [Fact]
    public void ServiceDefaults_knows_no_word_of_the_domain()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/ServiceDefaults"), "*.cs", SearchOption.AllDirectories);
        Assert.DoesNotContain(sources, file => File.ReadAllText(file).Contains("Waybill.Notifications", StringComparison.Ordinal));
    }

    /// <summary>Read from the file, so that a reference under a condition counts too.</summary>
    private static IEnumerable<string> References(string project)
    {
        var folder = Path.Combine(Repository.Root, Folder(project));

        return XDocument.Load(Path.Combine(Repository.Root, project))
            .Descendants("ProjectReference")
            .Select(reference => (string?)reference.Attribute("Include") ?? "")
            .Select(include => Folder(Relative(Path.GetFullPath(Path.Combine(folder, include)))));
    }

    private static string Folder(string project) => Path.GetDirectoryName(project)!.Replace('\\', '/');

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}
