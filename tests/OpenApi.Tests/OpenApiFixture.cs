using System.Net;
using System.Text.Json;
using Waybill.Client;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;

namespace Waybill.OpenApi.Tests;

/// <summary>
/// The services as processes, with notifications in every state that lasts. The worker is gone by then, as clients may send any
/// URL here, and none of them is to be called.
/// </summary>
public sealed class OpenApiFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waybill-openapi-");

    public NodeTools Tools { get; } = new("tests/OpenApi.Tests/Tools", "the OpenAPI linter and the property-based tests' libraries");

    public WaybillSystem System { get; private set; } = null!;

    /// <summary>Of Alice's.</summary>
    public SeededIds Ids { get; private set; } = null!;

    /// <summary>Of the call that an endpoint got for an event, by name.</summary>
    public IReadOnlyDictionary<string, string> DeliveredHeaders { get; private set; } = null!;

    /// <summary>Bodies of callbacks as an endpoint got them, by type.</summary>
    public IReadOnlyDictionary<string, string> Callbacks { get; private set; } = null!;

    public Uri Intake => System.Intake.Url;

    public Uri Status => System.Status.Process.Url;

    public async Task InitializeAsync()
    {
        await Tools.InstallAsync();
        System = await WaybillSystem.StartAsync(workers: 1);
        Ids = await SeedAsync();
        await System.Workers.Single().KillAsync();
    }

    public async Task DisposeAsync()
    {
        await System.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>The document that a service gives of itself, as a file.</summary>
    public async Task<string> SaveDocumentAsync(Uri service)
    {
        using var http = new HttpClient();
        var file = Path.Combine(_folder.FullName, $"{service.Port}.json");
        await File.WriteAllTextAsync(file, await http.GetStringAsync(new Uri(service, "/openapi/v1.json")));
        return file;
    }

    private async Task<SeededIds> SeedAsync()
    {
        using var http = new HttpClient();
        var client = new WaybillClient(http, new WaybillClientOptions { IntakeUrl = Intake, StatusUrl = Status, ApiKey = TestKeys.Alice });
        var url = System.Receiver.Urls[0].AbsoluteUri;

        var callbacks = await client.CreateEndpointAsync(Tenants.Reserved, new EndpointDraft { Url = System.Receiver.Urls[1].AbsoluteUri, Types = ["waybill.*"] });
        var delivered = await client.SubmitAsync(new NotificationDraft { Url = url, PayloadText = "text", Notify = true });
        await System.BecomesAsync(delivered.Id, record => record.Status == NotificationStatus.Success);

        var happened = await PublishAsync(client, url);

        using (System.Receiver.Answer(_ => Task.FromResult((int)HttpStatusCode.NotFound)))
        {
            var failed = await client.SubmitAsync(new NotificationDraft { Url = url, Payload = JsonElement.Parse("""{"a":[1.50,null]}"""), CorrelationId = "seed" });
            await System.BecomesAsync(failed.Id, record => record.Status == NotificationStatus.Failed);
            await AwaitCallbacksAsync(CallbackTypes.NotificationSucceeded, CallbackTypes.NotificationFailed);
            await client.DeleteEndpointAsync(Tenants.Reserved, callbacks.Id);

            var scheduled = await client.SubmitAsync(new NotificationDraft { Url = url, PayloadBase64 = "AAEC/w==", DeliverAt = DateTimeOffset.UtcNow.AddDays(1) });

            return happened with { Notifications = [delivered.Id, failed.Id, scheduled.Id, .. happened.Notifications] };
        }
    }

    private async Task AwaitCallbacksAsync(params string[] types) => Callbacks = await Eventually.BecomesAsync(
        () => Task.FromResult(types.Join(System.Receiver.All, type => type, call => TypeOf(call.Body), (type, call) => (type, call.Body)).DistinctBy(told => told.type).ToDictionary(told => told.type, told => told.Body)),
        told => told.Count == types.Length);

    /// <summary>Null of what is no callback.</summary>
    private static string? TypeOf(string body)
    {
        try
        {
            return JsonElement.Parse(body).TryGetProperty("type", out var type) ? type.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>An event to one of several endpoints, which is waited for.</summary>
    private async Task<SeededIds> PublishAsync(WaybillClient client, string url)
    {
        const string Tenant = "seeded";
        var endpoints = new List<string>();

        foreach (var type in new[] { "order.*", "user.*", "ship" })
        {
            endpoints.Add((await client.CreateEndpointAsync(Tenant, new EndpointDraft { Url = url, Types = [type] })).Id);
        }

        var happened = await client.PublishAsync(new EventDraft { Type = "order.paid", Tenant = Tenant, PayloadText = "paid" });
        var notification = happened.Notifications.Single().Id;
        await System.BecomesAsync(notification, record => record.Status == NotificationStatus.Success);
        DeliveredHeaders = System.Receiver.CallsFor(happened.Id).Single().Headers;

        return new SeededIds([notification], [Tenant], endpoints, [happened.Id]);
    }
}

/// <summary>What there is to ask for.</summary>
public sealed record SeededIds(
    IReadOnlyList<string> Notifications,
    IReadOnlyList<string> Tenants,
    IReadOnlyList<string> Endpoints,
    IReadOnlyList<string> Events);
