using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Waybill.LocalAws;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;

namespace Waybill.Infra.Tests.Cost;

/// <summary>
/// Rules out that docs/cost.md counts on other units than an event takes, by how many endpoints take it: intake, worker and status service run as processes, and the emulator
/// says what each call to the table costs.
/// </summary>
public sealed class EventUnitsTests : IAsyncLifetime
{
    private const int Events = 8;

    /// <summary>Of so many the units are known: each of their writes was one of the usual ones.</summary>
    private const int Enough = 4;

    private const int Rounds = 6;

    private LocalBackends _backends = null!;
    private CapacityRelay _table = null!;
    private CallReceiver _receiver = null!;
    private ServiceProcess _status = null!;
    private ServiceProcess _intake = null!;
    private ServiceProcess _worker = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _backends = await LocalBackends.StartAsync();
        await new Provisioner(_backends.DynamoDbClient, _backends.SqsClient).ProvisionAsync();
        _table = await CapacityRelay.StartAsync(_backends.DynamoDb.Endpoint);
        _receiver = await CallReceiver.StartAsync();

        var environment = MeasuredServices.Environment(_backends, _table);
        _status = await ServiceProcess.StartAsync("StatusService", environment);
        environment["StatusService__PublicUrl"] = _status.Url.ToString();
        _intake = await ServiceProcess.StartAsync("IntakeService", environment);
        _worker = await ServiceProcess.StartAsync("DeliveryWorker", environment);

        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _intake.Url };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Alice);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _worker.DisposeAsync();
        await _intake.DisposeAsync();
        await _status.DisposeAsync();
        await _receiver.DisposeAsync();
        await _table.DisposeAsync();
        await _backends.DisposeAsync();
    }

    [Fact]
    public async Task An_event_takes_the_units_that_the_document_says_by_how_many_endpoints_take_it()
    {
        var document = CostTable.Measured();
        var direct = document["write request units, delivered at once"];

        Assert.Equal(document["write request units, of an event that no endpoint takes"], await WritesAsync(endpoints: 0, UnitsTests.SmallText));
        Assert.Equal(direct + 1, await WritesAsync(endpoints: 1, UnitsTests.SmallText));
        Assert.Equal(document["the same that one endpoint takes, delivered"], direct + 1);

        var ofTwo = await WritesAsync(endpoints: 2, UnitsTests.SmallText);
        var ofFive = await WritesAsync(endpoints: 5, UnitsTests.SmallText);
        Assert.Equal(document["the same that five endpoints take"], ofFive);
        Assert.Equal(document["for each further endpoint"], (ofFive - ofTwo) / 3);
        Assert.Equal(8, (ofFive - ofTwo) / 3);
        Assert.InRange(ofFive, 1 + (5 * 8), 1 + 5 + (5 * 8));
    }

    /// <summary>The body is stored once, so one more unit of it costs one unit, however many endpoints get it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_larger_body_is_paid_for_once(int endpoints) =>
        Assert.Equal(1, await WritesAsync(endpoints, UnitsTests.LargeText) - await WritesAsync(endpoints, UnitsTests.SmallText));

    /// <summary>The event and all of its notifications: the marker, where there is one, is the event's.</summary>
    private async Task<double> WritesAsync(int endpoints, string text)
    {
        var tenant = $"tenant-{endpoints}-{Guid.NewGuid():N}";

        for (var number = 0; number < endpoints; number++)
        {
            var body = new { url = _receiver.Urls[number % _receiver.Urls.Count], types = new[] { "order.*" } };
            using var created = await _http.PostAsJsonAsync($"v1/tenants/{tenant}/endpoints", body);
            created.EnsureSuccessStatusCode();
        }

        var (ofEvents, ofNotifications) = (new List<double>(), new List<double>());

        // A worker that claims before intake has marked the notification makes Queue fail, and where a machine is slow the Dispatcher sends once
        // more what waits for long: then another notification tells what one takes.
        for (var round = 0; ofEvents.Count < Enough || (endpoints > 0 && ofNotifications.Count < Enough); round++)
        {
            Assert.True(round < Rounds, $"Of {round * Events} events to {endpoints} endpoints only {ofNotifications.Count} notifications took the usual way.");

            for (var number = 0; number < Events; number++)
            {
                var (id, notifications) = await DeliverAsync(tenant, number, text);
                ofEvents.Add(_table.Writes(id));

                foreach (var notification in notifications.Where(each => !_table.WasRefused(each)))
                {
                    if (await MeasuredServices.VersionAsync(_backends, notification) == MeasuredServices.VersionAtOnce)
                    {
                        ofNotifications.Add(_table.Writes(notification));
                    }
                }
            }
        }

        return Usual(ofEvents) + (endpoints == 0 ? 0 : endpoints * Usual(ofNotifications));
    }

    private static double Usual(List<double> units) => units.Order().ElementAt(units.Count / 2);

    /// <returns>The event's id, and those of its notifications.</returns>
    private async Task<(string Id, string[] Notifications)> DeliverAsync(string tenant, int number, string text)
    {
        using var posted = await _http.PostAsJsonAsync("v1/events", new { type = "order.paid", tenant, payload = new { order = number, text } });
        var answer = JsonNode.Parse(await posted.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
        string[] notifications = [.. answer["notifications"]!.AsArray().Select(each => (string)each!["id"]!)];
        await Task.WhenAll(notifications.Select(id => Eventually.BecomesAsync(() => MeasuredServices.IsFinalAsync(_backends, id), final => final)));

        return ((string)answer["id"]!, notifications);
    }
}
