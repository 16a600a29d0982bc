using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Waybill.LocalAws;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;

namespace Waybill.Infra.Tests.Cost;

/// <summary>
/// Rules out that docs/cost.md counts on other units than a notification takes: intake, worker and status service run as processes, and the
/// emulator says what each call to the table costs.
/// </summary>
public sealed class UnitsTests
{
    private const int Notifications = 10;

    private static readonly string[] Writes = ["PutItem", "UpdateItem"];

    [Fact]
    public async Task A_notification_takes_the_units_that_the_document_says()
    {
        var measured = await MeasureAsync();
        var document = CostTable.Measured();

        Assert.Equal(document["write request units, delivered at once"], measured.AtOnceWrites);
        Assert.Equal(document["read request units, delivered at once"], measured.AtOnceReads);
        Assert.Equal(document["write request units, for each retry"], measured.RetryWrites);
    }

    private static async Task<(double AtOnceWrites, double AtOnceReads, double RetryWrites)> MeasureAsync()
    {
        await using var backends = await LocalBackends.StartAsync();
        await new Provisioner(backends.DynamoDbClient, backends.SqsClient).ProvisionAsync();
        await using var table = await CapacityRelay.StartAsync(backends.DynamoDb.Endpoint);
        await using var receiver = await CallReceiver.StartAsync();

        var environment = Environment(backends, table);
        await using var status = await ServiceProcess.StartAsync("StatusService", environment);
        environment["StatusService__PublicUrl"] = status.Url.ToString();
        await using var intake = await ServiceProcess.StartAsync("IntakeService", environment);
        await using var worker = await ServiceProcess.StartAsync("DeliveryWorker", environment);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Alice);

        await DeliverAsync(http, intake, receiver);
        var writes = table.Of(Writes) / Notifications;
        var reads = table.Of("GetItem") / Notifications;

        var calls = 0;
        receiver.Answer(_ => Task.FromResult(Interlocked.Increment(ref calls) <= Notifications ? 503 : 200));
        await DeliverAsync(http, intake, receiver);

        return (writes, reads, Math.Round((table.Of(Writes) / Notifications) - (2 * writes), 1));
    }

    private static Dictionary<string, string> Environment(LocalBackends backends, CapacityRelay table)
    {
        var port = LoopbackPort.Pick();
        var environment = new Dictionary<string, string>(backends.EnvironmentVariables)
        {
            ["AWS_ENDPOINT_URL_DYNAMODB"] = table.Url.ToString(),
            ["InternalApi__Host"] = "127.0.0.1",
            ["InternalApi__Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["StatusService__InternalUrl"] = $"http://127.0.0.1:{port}",
            ["StatusService__InternalKey"] = TestKeys.Internal,
            ["Egress__AllowedCidrs__0"] = "127.0.0.0/8",
        };

        foreach (var (name, value) in TestKeys.Configuration)
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>One after the other, each until it is delivered.</summary>
    private static async Task DeliverAsync(HttpClient http, ServiceProcess intake, CallReceiver receiver)
    {
        for (var number = 0; number < Notifications; number++)
        {
            var body = new { url = receiver.Urls[number % receiver.Urls.Count], payload = new { order = number, text = new string('x', 300) }, retrySchedule = new[] { 1 } };
            using var posted = await http.PostAsJsonAsync(new Uri(intake.Url, "v1/notifications"), body);
            var statusUrl = (string)JsonNode.Parse(await posted.Content.ReadAsStringAsync())!["statusUrl"]!;

            await Eventually.BecomesAsync(() => receiver.HasSucceededAsync(http, statusUrl), done => done);
        }
    }
}
