using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Images;

/// <summary>
/// Rules out a compose.yaml whose names, settings and ports are not those of the images, and images that do not run. No engine is there: the files of the images run
/// as processes, with the commands and the environment of compose.yaml, in which its hosts become ports of this machine.
/// </summary>
[Collection(PublishedCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class ComposeTests(Published published)
{
    private const string Key = "waybill-local-key";

    private static readonly string[] Own = ["provision", "status", "intake", "worker"];

    private readonly Compose _compose = Compose.Read();

    private readonly Dictionary<string, string> _places = new[] { "dynamodb:8000", "sqs:4566", "status:8081", "dashboard:18889" }
        .ToDictionary(place => place, _ => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{LoopbackPort.Pick()}"));

    [Fact]
    public void Its_own_images_are_those_that_are_published_and_none_may_do_more_than_it_must()
    {
        Assert.Equal(["dynamodb", "sqs", .. Own, "dashboard"], _compose.Services);

        Assert.All(Own, service =>
        {
            Assert.StartsWith($"waybill/{service}:${{WAYBILL_TAG:-", _compose.Text(service, "image"), StringComparison.Ordinal);
            Assert.Equal("1654", _compose.Text(service, "user"));
            Assert.Equal("true", _compose.Text(service, "read_only"));
            Assert.Equal(["ALL"], _compose.Words(service, "cap_drop"));
            Assert.Equal(["no-new-privileges:true"], _compose.Words(service, "security_opt"));
        });

        Assert.All(_compose.Services.SelectMany(service => _compose.Words(service, "ports")), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_tag_is_the_version_of_the_images()
    {
        var archive = await published.ReadAsync("intake");
        var version = (string)archive.Config["config"]!["Labels"]!["org.opencontainers.image.version"]!;

        Assert.All(Own, service => Assert.Equal($"waybill/{service}:${{WAYBILL_TAG:-{version}}}", _compose.Text(service, "image")));
    }

    [Fact]
    public async Task What_it_starts_delivers_a_notification_and_says_so()
    {
        var tools = await LocalTools.EnsureInstalledAsync();
        await using var dynamoDb = await EmulatorAsync("dynamodb", tools);
        await using var sqs = await EmulatorAsync("sqs", tools);

        using var provision = await UnpackedImage.OfAsync(await published.ReadAsync("provision"));
        await Eventually.BecomesAsync(() => provision.RunAsync(["dotnet", "/app/Provision.dll"], Environment("provision")), code => code == 0);

        await using var status = await ServiceAsync("status");
        await using var intake = await ServiceAsync("intake");
        await using var worker = await ServiceAsync("worker");

        var called = new TaskCompletionSource<string>();
        await using var receiver = await AnsweringServer.StartAsync(context =>
        {
            called.TrySetResult(context.Request.Headers["webhook-signature"].ToString());
            return Task.CompletedTask;
        });

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var posted = await http.PostAsJsonAsync(new Uri(intake.Url, "/v1/notifications"), new { url = receiver.Url, payload = new { order = 4711 } });
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        var accepted = JsonNode.Parse(await posted.Content.ReadAsStringAsync())!;

        Assert.StartsWith("http://localhost:5102/", (string)accepted["statusUrl"]!, StringComparison.Ordinal);
        Assert.StartsWith("v1,", await called.Task.WaitAsync(TimeSpan.FromMinutes(1)), StringComparison.Ordinal);
        await Eventually.BecomesAsync(async () => (string?)JsonNode.Parse(await http.GetStringAsync(new Uri(status.Url, $"/v1/notifications/{accepted["id"]}")))!["status"], state => state == "SUCCESS");

        Assert.All(new[] { status, intake, worker }, service => Assert.Equal(0, service.Health));
    }

    private Task<PrintingProcess> EmulatorAsync(string service, LocalTools tools)
    {
        var place = _places.Single(place => place.Key.StartsWith($"{service}:", StringComparison.Ordinal));
        var (port, picked) = (place.Key.Split(':')[1], place.Value.Split(':')[1]);
        var words = _compose.Words(service, "command").Select(word => word switch
        {
            "0.0.0.0" => "127.0.0.1",
            "node" => tools.Node,
            _ when word == port => picked,
            _ => word.Replace("/local/", $"{tools.Folder}/", StringComparison.Ordinal),
        }).ToList();

        return PrintingProcess.StartAsync(new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = tools.Folder }, line => line.Contains("listening on", StringComparison.Ordinal));
    }

    private async Task<Running> ServiceAsync(string service)
    {
        var image = await UnpackedImage.OfAsync(await published.ReadAsync(service));
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Pick()}");
        var process = await image.StartAsync(Environment(service).Append(new("ASPNETCORE_URLS", url)), line => line.Contains("Application started", StringComparison.Ordinal));
        var probe = _compose.Probe(service).Select(word => word.Replace("http://127.0.0.1:8080", url, StringComparison.Ordinal));

        return new Running(image, process, new Uri(url), await image.RunAsync(probe, []));
    }

    private IEnumerable<KeyValuePair<string, string>> Environment(string service) =>
        _compose.Environment(service).Select(variable => KeyValuePair.Create(variable.Key, variable.Key switch
        {
            "InternalApi__Host" => "127.0.0.1",
            "InternalApi__Port" => _places[$"status:{variable.Value}"].Split(':')[1],
            _ => _places.Aggregate(variable.Value, (value, place) => value.Replace(place.Key, place.Value, StringComparison.Ordinal)),
        }));

    /// <param name="Health">What its health check ended with.</param>
    private sealed record Running(UnpackedImage Image, PrintingProcess Process, Uri Url, int Health) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Process.DisposeAsync();
            Image.Dispose();
        }
    }
}
