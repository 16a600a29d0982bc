using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
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

    /// <summary>Of so many the units are known: each of their writes was one of the usual ones.</summary>
    private const int Enough = 5;

    private const int Rounds = 5;

    /// <summary>As the worker is set by default.</summary>
    private const int FailuresUntilProbing = 5;

    /// <summary>Of reads, as those of the Dispatcher come on top.</summary>
    private const double Tolerance = 0.25;

    private const string CorrelationId = "order-4711";

    private static readonly JsonSerializerOptions WithoutNulls = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    internal static readonly string SmallText = new('x', 300);

    /// <summary>Numbers, of which Brotli leaves half.</summary>
    internal static readonly string LargeText = string.Join(' ', Enumerable.Range(1, 340).Select(number => number * 7919 % 100_000));

    [Fact]
    public async Task A_notification_takes_the_units_that_the_document_says()
    {
        var measured = await MeasureAsync();
        var document = CostTable.Measured();

        Assert.Equal(document["write request units, delivered at once"], measured.AtOnceWrites);
        Assert.Equal(document["the same with a correlation id"], measured.CorrelatedWrites);
        Assert.Equal(document["the same with a payload of 2 KB"], measured.LargeWrites);
        Assert.Equal(document["the same with both"], measured.LargeCorrelatedWrites);

        // The emulator rounds a batch of reads as a whole, where DynamoDB rounds each item: reads that come together seem cheaper.
        Assert.InRange(measured.AtOnceReads, 0.01, document["read request units, delivered at once"] + Tolerance);
        Assert.Equal(document["write request units, for each retry"], measured.RetryWrites);
        Assert.Equal(document["write request units, each time it is given back because its host is down"], measured.ReturnWrites);
    }

    private static async Task<Measured> MeasureAsync()
    {
        await using var backends = await LocalBackends.StartAsync();
        await new Provisioner(backends.DynamoDbClient, backends.SqsClient).ProvisionAsync();
        await using var table = await CapacityRelay.StartAsync(backends.DynamoDb.Endpoint);
        await using var receiver = await CallReceiver.StartAsync();

        var environment = MeasuredServices.Environment(backends, table);
        await using var status = await ServiceProcess.StartAsync("StatusService", environment);
        environment["StatusService__PublicUrl"] = status.Url.ToString();
        await using var intake = await ServiceProcess.StartAsync("IntakeService", environment);
        await using var worker = await ServiceProcess.StartAsync("DeliveryWorker", environment);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Alice);

        var first = await DeliverAsync(SmallText, correlationId: null);
        var reads = table.Reads / Notifications;
        var atOnce = await UsualWritesAsync(first, SmallText);
        var correlated = await UsualWritesAsync([], SmallText, CorrelationId);
        var large = await UsualWritesAsync([], LargeText);
        var largeCorrelated = await UsualWritesAsync([], LargeText, CorrelationId);

        using var firstFails = receiver.Answer(call => Task.FromResult(call.Number == 1 ? 503 : 200));
        var withRetry = await UsualWritesAsync([], SmallText, versions: MeasuredServices.VersionAtOnce + MeasuredServices.VersionsOfAReturn);
        var returned = await ReturnedAsync();

        return new Measured(atOnce, correlated, large, largeCorrelated, reads, withRetry - atOnce, returned);

        // One host is down until others that come for it have been given back. Each of these took what a delivery takes, and its returns.
        async Task<double> ReturnedAsync()
        {
            var calls = 0;
            using var down = receiver.Answer(_ => Task.FromResult(Interlocked.Increment(ref calls) > FailuresUntilProbing ? 200 : 500));
            var host = receiver.Urls[^1];
            await Task.WhenAll(Enumerable.Range(0, FailuresUntilProbing).Select(_ => PostAsync(http, intake, host, number: 0, SmallText, correlationId: null)));
            await Eventually.BecomesAsync(() => Task.FromResult(Volatile.Read(ref calls)), made => made >= FailuresUntilProbing);

            var ids = await Task.WhenAll(Enumerable.Range(0, Notifications).Select(number => PostAsync(http, intake, host, number, SmallText, correlationId: null)));
            await Task.WhenAll(ids.Select(id => Eventually.BecomesAsync(() => MeasuredServices.IsFinalAsync(backends, id), final => final)));
            var each = new List<double>();

            foreach (var id in ids.Where(id => !table.WasRefused(id)))
            {
                var returns = (await MeasuredServices.VersionAsync(backends, id) - MeasuredServices.VersionAtOnce) / MeasuredServices.VersionsOfAReturn;

                if (returns > 0)
                {
                    each.Add((table.Writes(id) - atOnce) / returns);
                }
            }

            return each.Order().ElementAt(each.Count / 2);
        }

        // A worker that claims before intake has marked the notification makes Queue fail, and where a machine is slow the Dispatcher sends once
        // more what waits for long: then it is another notification's turn.
        async Task<double> UsualWritesAsync(IEnumerable<string> delivered, string text, string? correlationId = null, int versions = MeasuredServices.VersionAtOnce)
        {
            var known = new List<double>();

            for (var round = 0; ; round++)
            {
                foreach (var id in delivered.Where(id => !table.WasRefused(id)))
                {
                    if (await MeasuredServices.VersionAsync(backends, id) == versions)
                    {
                        known.Add(table.Writes(id));
                    }
                }

                if (known.Count >= Enough)
                {
                    return known.Order().ElementAt(known.Count / 2);
                }

                Assert.True(round < Rounds, $"Of {round * Notifications} notifications only {known.Count} took the usual way.");
                delivered = await DeliverAsync(text, correlationId);
            }
        }

        // Until each is final, which is asked of the table itself, as a query would count.
        async Task<string[]> DeliverAsync(string text, string? correlationId) =>
            await Task.WhenAll(Enumerable.Range(0, Notifications).Select(async number =>
            {
                var id = await PostAsync(http, intake, receiver.Urls[number % receiver.Urls.Count], number, text, correlationId);
                await Eventually.BecomesAsync(() => MeasuredServices.IsFinalAsync(backends, id), final => final);
                return id;
            }));
    }

    private static async Task<string> PostAsync(HttpClient http, ServiceProcess intake, Uri url, int number, string text, string? correlationId)
    {
        var body = new { url, payload = new { order = number, text }, retrySchedule = new[] { 1 }, correlationId };
        using var posted = await http.PostAsJsonAsync(new Uri(intake.Url, "v1/notifications"), body, WithoutNulls);
        return (string)JsonNode.Parse(await posted.Content.ReadAsStringAsync())!["id"]!;
    }

    /// <summary>Units of one notification.</summary>
    private sealed record Measured(
        double AtOnceWrites,
        double CorrelatedWrites,
        double LargeWrites,
        double LargeCorrelatedWrites,
        double AtOnceReads,
        double RetryWrites,
        double ReturnWrites);
}
