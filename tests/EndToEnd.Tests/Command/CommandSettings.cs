using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Waybill.EndToEnd.Tests.Application;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>What a user can set from outside, as environment variables: ports, the data folder, and where home is.</summary>
internal sealed record CommandSettings(string DataFolder)
{
    /// <summary>Not the one that is there by default.</summary>
    public const string SigningSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public int Intake { get; init; } = LoopbackPort.Pick();

    public int Status { get; init; } = LoopbackPort.Pick();

    public int Dashboard { get; } = LoopbackPort.Pick();

    private int StatusInternal { get; } = LoopbackPort.Pick();

    public int Receiver { get; } = LoopbackPort.Pick();

    private int Otlp { get; } = LoopbackPort.Pick();

    private int OwnReceiver { get; } = LoopbackPort.Pick();

    /// <summary>Null: the user's.</summary>
    public string? Home { get; init; }

    /// <summary>A command that runs the AppHost as its own last arguments say; none by default.</summary>
    public IReadOnlyList<string> Wrapper { get; init; } = [];

    /// <summary>What the services inherit, too.</summary>
    public IReadOnlyDictionary<string, string> Others { get; init; } = new Dictionary<string, string>();

    public void ApplyTo(ProcessStartInfo start)
    {
        foreach (var (name, value) in Environment())
        {
            start.Environment[name] = value;
        }
    }

    /// <summary>With those of the launch profile, which <c>dotnet run</c> sets and <c>dotnet exec</c> does not.</summary>
    private IEnumerable<KeyValuePair<string, string>> Environment() =>
    [
        .. LaunchProfile(),
        .. HomeFolder(),
        .. Others,
        new("DataFolder", DataFolder),
        new("Parameters__apikey", WaybillClient.LocalKey),
        new("Parameters__signingsecret", SigningSecret),
        new("Ports__Intake", Text(Intake)),
        new("Ports__Status", Text(Status)),
        new("Ports__StatusInternal", Text(StatusInternal)),
        new("Ports__Receiver", Text(Receiver)),
        new("Ports__Dashboard", Text(Dashboard)),
        new("Ports__Otlp", Text(Otlp)),
        new("Ports__OwnReceiver", Text(OwnReceiver)),
    ];

    private static IEnumerable<KeyValuePair<string, string>> LaunchProfile()
    {
        var file = Path.Combine(Repository.Root, "src", "AppHost", "Properties", "launchSettings.json");
        var profile = JsonElement.Parse(File.ReadAllText(file)).At("profiles.http");

        return profile.At("environmentVariables").EnumerateObject()
            .Select(variable => KeyValuePair.Create(variable.Name, variable.Value.GetString()!))
            .Append(KeyValuePair.Create("ASPNETCORE_URLS", profile.Text("applicationUrl")));
    }

    /// <summary>With another home the packages that were restored stay where they are.</summary>
    private IEnumerable<KeyValuePair<string, string>> HomeFolder() => Home is null
        ? []
        : [new("HOME", Home), new("DOTNET_CLI_HOME", Home), new("NUGET_PACKAGES", Packages)];

    private static string Packages =>
        System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
