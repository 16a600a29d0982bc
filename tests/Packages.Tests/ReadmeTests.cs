using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Waybill.LocalAws;
using Waybill.Notifications.Records;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;

namespace Waybill.Packages.Tests;

/// <summary>Rules out that a newcomer types what a README says, with nothing but the packages, and it does not work: all of Waybill runs for it.</summary>
[Collection(PackedCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class ReadmeTests(Packed packed, Running running) : IDisposable
{
    private const string SecretOfReadme = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
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

    public static TheoryData<string, int> Examples => Those(example => example is { Serves: null, IsAppHost: false });

    public static TheoryData<string, int> AppHosts => Those(example => example.IsAppHost);

    public static TheoryData<string, int> Receivers => Those(example => example.Serves is not null);

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_runs_in_an_empty_folder(string id, int number)
    {
        var consumer = new Consumer(packed, Package.Of(id), number);

        var printed = await consumer.RunAsync(await consumer.BuildAsync(Here), Settings);

        Assert.Matches(Package.Of(id).Examples[number].Prints, string.Join('\n', printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !IsLog(line))));
    }

    /// <summary>That what it adds runs is tested with the sample, tests/EndToEnd.Tests/Hosting.</summary>
    [Theory]
    [MemberData(nameof(AppHosts))]
    public async Task An_AppHost_starts_in_an_empty_folder(string id, int number)
    {
        var consumer = new Consumer(packed, Package.Of(id), number);
        var built = await consumer.BuildAsync(new Dictionary<string, string> { ["\"../waybill\""] = $"\"{Repository.Root}\"", ["../shop"] = "." });

        await using var started = await consumer.HostAsync(built);

        Assert.DoesNotContain(started.Lines, line => line.StartsWith("fail:", StringComparison.Ordinal));
    }

    /// <summary>An event of Waybill's, signed with the secret of an endpoint that is made for it; a call that nobody has signed is refused.</summary>
    [Theory]
    [MemberData(nameof(Receivers))]
    public async Task A_receiver_verifies_what_Waybill_delivers(string id, int number)
    {
        var example = Package.Of(id).Examples[number];
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.Pick()}{example.Serves}");
        var tenant = $"tenant-{Guid.NewGuid():N}";
        var endpoint = await PostAsync($"v1/tenants/{tenant}/endpoints", new { url, types = new[] { "order.*" } });
        var consumer = new Consumer(packed, Package.Of(id), number);
        await using var receiver = await consumer.ServeAsync(await consumer.BuildAsync(new Dictionary<string, string> { [SecretOfReadme] = (string)endpoint["secret"]! }), url);

        using var unsigned = await _http.PostAsync(url, new StringContent("{}"));
        var published = await PostAsync("v1/events", new { type = "order.paid", tenant, payload = new { type = "order.paid", number = 4711 } });

        Assert.Equal(HttpStatusCode.BadRequest, unsigned.StatusCode);
        var delivered = await _waybill.BecomesAsync((string)published["notifications"]![0]!["id"]!, record => record.IsFinal);
        Assert.Equal(NotificationStatus.Success, delivered.Status);
        Assert.Contains(receiver.Lines, line => Regex.IsMatch(line, example.Prints));
    }

    [Fact]
    public async Task The_command_is_installed_and_delivers()
    {
        var folder = packed.NewFolder();
        await Tool.RunAsync(folder, packed.Environment, "dotnet", "tool", "install", "Waybill.Cli", "--version", Versions.Own, "--tool-path", "tools");

        var printed = await Tool.RunAsync(folder, Settings, Path.Combine(folder, "tools", "waybill"), "send", _waybill.Receiver.Urls[0].AbsoluteUri, "--text", "hello", "--watch");

        Assert.Contains("SUCCESS", printed, StringComparison.Ordinal);
    }

    public void Dispose() => _http.Dispose();

    private static TheoryData<string, int> Those(Func<Example, bool> wanted)
    {
        var examples = new TheoryData<string, int>();

        foreach (var package in Package.All)
        {
            foreach (var (number, _) in package.Examples.Index().Where(each => wanted(each.Item)))
            {
                examples.Add(package.Id, number);
            }
        }

        return examples;
    }

    private async Task<JsonNode> PostAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_waybill.Intake.Url, path)) { Content = JsonContent.Create(body), Headers = { Authorization = new("Bearer", TestKeys.Alice) } };
        using var answer = await _http.SendAsync(request);
        return JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
    }

    /// <summary>Of the host, which are told on standard output, too.</summary>
    private static bool IsLog(string line) => line.StartsWith("info: ", StringComparison.Ordinal) || line.StartsWith("      ", StringComparison.Ordinal);
}
