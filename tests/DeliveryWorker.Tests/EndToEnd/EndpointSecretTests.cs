using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;
using Waybill.Notifications.Storage;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

/// <summary>
/// Rules out that an endpoint's secret, or the key that seals it, is in what the services print and export, in what they answer to who has not asked for it, in
/// the queue, or in the table as it is.
/// </summary>
[Collection(WorkerCollection.Name)]
public sealed class EndpointSecretTests(WorkerFixture fixture)
{
    private const string Queue = "endpoint-secrets";

    private readonly string _tenant = $"t{Guid.NewGuid():N}";

    /// <summary>Answers to who has not asked for a secret.</summary>
    private readonly StringBuilder _answers = new();

    private string Endpoints => $"/v1/tenants/{_tenant}/endpoints";

    [Fact]
    public async Task The_secret_and_the_sealing_key_are_nowhere_but_in_the_answer_to_who_asks_for_the_secret()
    {
        await fixture.ProvisionAsync(Queue);
        await using var sink = await TelemetrySink.StartAsync();
        (string Name, string Value)[] settings = [("OTEL_EXPORTER_OTLP_ENDPOINT", sink.Url), ("Logging__LogLevel__Default", "Debug")];
        await using var status = await StatusServiceHost.StartAsync(fixture.Backends, settings);
        (string Name, string Value)[] ofClients = [.. settings, .. status.ClientEnvironment.Select(setting => (setting.Key, setting.Value))];
        await using var intake = await StartIntakeAsync(ofClients);
        using var write = Client(intake.Url);
        using var read = Client(status.PublicUrl);

        // Made, rotated and read.
        var (good, first) = await CreateAsync(write, fixture.Receiver.Url("/hook/secrets"));
        var (bad, second) = await CreateAsync(write, fixture.Receiver.Url("/status/404"));
        var (damaged, third) = await CreateAsync(write, fixture.Receiver.Url("/hook/damaged"));
        var rotated = await AskAsync(write, HttpMethod.Post, $"{Endpoints}/{good}/secret/rotate", new { keepOldUntil = DateTimeOffset.UtcNow.AddHours(1) });
        var asked = await AskAsync(read, HttpMethod.Get, $"{Endpoints}/{good}/secret");
        await ExchangeAsync(from: good, to: damaged);
        string[] secrets = [first, second, third, Text(rotated, "secret")];
        Assert.Equal(secrets[3], Text(asked, "secret"));

        // Refused, with a secret in what is refused.
        await TellAsync(write, HttpMethod.Patch, $"{Endpoints}/{good}", HttpStatusCode.BadRequest, new { secret = first });
        await TellAsync(write, HttpMethod.Post, Endpoints, HttpStatusCode.BadRequest, new { url = "https://example.com/", types = first, description = new { first } });
        await TellAsync(write, HttpMethod.Post, $"{Endpoints}/{good}/test", HttpStatusCode.BadRequest, new { type = first });

        // Sent, and taken with success, with a failure and not at all.
        var test = await AskAsync(write, HttpMethod.Post, $"{Endpoints}/{good}/test");
        var happened = await AskAsync(write, HttpMethod.Post, "/v1/events", new { type = "order.paid", tenant = _tenant, payload = 1 });
        string[] ids = [.. new[] { test, happened }.SelectMany(answer => answer.GetProperty("notifications").EnumerateArray()).Select(one => Text(one, "id"))];
        var messages = await MessagesAsync(ids);
        await using var worker = await fixture.StartWorkerAsync([.. ofClients, ("Delivery__QueueName", Queue)]);
        var records = await Task.WhenAll(ids.Select(fixture.HasResultAsync));
        Assert.Equal(
            ["SUCCESS", "SUCCESS", "http_404", "secret_sealed"],
            records.Select(record => record.DeliveryResult!.ErrorDetails?.Code ?? record.Status.Text()).Order(StringComparer.Ordinal));

        foreach (var path in new[] { "", "/attempts", "/request" }.SelectMany(end => ids.Select(id => $"/v1/notifications/{id}{end}"))
            .Concat([$"/v1/events/{Text(happened, "id")}", $"/v1/notifications?tenant={_tenant}", Endpoints, $"{Endpoints}/{good}", $"{Endpoints}/{damaged}"]))
        {
            await TellAsync(read, HttpMethod.Get, path, HttpStatusCode.OK);
        }

        await TellAsync(read, HttpMethod.Get, $"{Endpoints}/{damaged}/secret", HttpStatusCode.InternalServerError);
        await TellAsync(write, HttpMethod.Delete, $"{Endpoints}/{bad}", HttpStatusCode.NoContent);
        var stored = await StoredAsync();
        var printed = status.Process.Printed + intake.Printed + worker.Printed;
        await worker.StopAsync();
        await intake.StopAsync();
        await status.Process.StopAsync();

        var forms = secrets.SelectMany(secret => Forms(Convert.FromBase64String(secret["whsec_".Length..]), secret)).Concat(Forms(TestKeys.Sealing.Key)).ToArray();
        var places = new[] { Encoding.UTF8.GetBytes(_answers.ToString()), messages, Encoding.UTF8.GetBytes(printed), stored };

        // What is looked for is found where it is, and each place has what belongs there.
        Assert.Contains(forms, form => Holds(Encoding.UTF8.GetBytes(asked.GetRawText()), form));
        Assert.All(places, place => Assert.True(Holds(place, Encoding.UTF8.GetBytes(good)), "A place is empty."));
        Assert.All([good, "waybill.attempts", "secret_sealed", "was read with the key"], text => Assert.True(sink.Contains(text), $"{text} was not exported."));
        Assert.DoesNotContain(places, place => forms.Any(form => Holds(place, form)));
        Assert.DoesNotContain(forms, form => sink.Contains(form));
    }

    private static bool Holds(ReadOnlySpan<byte> place, ReadOnlySpan<byte> form) => place.IndexOf(form) >= 0;

    /// <summary>As it is, and as a text that holds it may be written: of Base64 the longest piece that JSON leaves as it is.</summary>
    private static IEnumerable<byte[]> Forms(byte[] secret, string? text = null)
    {
        var encoded = new[] { secret, Encoding.UTF8.GetBytes(text ?? "") }.Where(bytes => bytes.Length > 0).Select(Convert.ToBase64String);
        var pieces = encoded.Select(one => one.TrimEnd('=').Split('+', '/').MaxBy(piece => piece.Length)!).ToArray();
        Assert.All(pieces, piece => Assert.True(piece.Length >= 8, piece));

        return [secret, .. pieces.Append(Convert.ToHexString(secret)).Append(Convert.ToHexStringLower(secret)).Select(Encoding.UTF8.GetBytes)];
    }

    private async Task<(string Id, string Secret)> CreateAsync(HttpClient write, string url)
    {
        var created = await AskAsync(write, HttpMethod.Post, Endpoints, new { url, types = new[] { "order.*" }, retrySchedule = new[] { 3600 } });
        return (Text(created, "id"), Text(created, "secret"));
    }

    /// <summary>One endpoint has the sealed secrets of another, which do not open there.</summary>
    private async Task ExchangeAsync(string from, string to)
    {
        var items = await ItemsAsync();
        var other = items.Single(item => item[TableDefinition.SortKey].S == from);
        var item = items.Single(item => item[TableDefinition.SortKey].S == to);
        item["scr"] = other["scr"];
        await fixture.Backends.DynamoDbClient.PutItemAsync(TableDefinition.DefaultName, item);
    }

    /// <summary>What the queue holds, with a message of each notification.</summary>
    private async Task<byte[]> MessagesAsync(IReadOnlyList<string> ids)
    {
        var url = (await fixture.Backends.SqsClient.GetQueueUrlAsync(Queue)).QueueUrl;
        var seen = new StringBuilder();

        await Eventually.HoldsAsync(async () =>
        {
            var request = new ReceiveMessageRequest(url) { MaxNumberOfMessages = 10, VisibilityTimeout = 0, MessageAttributeNames = ["All"] };
            seen.Append(JsonSerializer.Serialize((await fixture.Backends.SqsClient.ReceiveMessageAsync(request)).Messages));
            return ids.All(id => seen.ToString().Contains(id, StringComparison.Ordinal));
        });

        return Encoding.UTF8.GetBytes(seen.ToString());
    }

    private async Task<byte[]> StoredAsync() => [.. (await ItemsAsync()).SelectMany(item => item.SelectMany(attribute => (byte[])[.. Encoding.UTF8.GetBytes(attribute.Key), .. Bytes(attribute.Value)]))];

    private async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync()
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        var request = new ScanRequest(TableDefinition.DefaultName) { ConsistentRead = true };

        do
        {
            var page = await fixture.Backends.DynamoDbClient.ScanAsync(request);
            items.AddRange(page.Items);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return items;
    }

    private static byte[] Bytes(AttributeValue value) => value switch
    {
        { B: { } bytes } => bytes.ToArray(),
        { M: { } map } => [.. map.SelectMany(entry => Bytes(entry.Value))],
        { L: { } list } => [.. list.SelectMany(Bytes)],
        _ => Encoding.UTF8.GetBytes($"{value.S ?? value.N} "),
    };

    /// <summary>An answer that is to have no secret.</summary>
    private async Task TellAsync(HttpClient http, HttpMethod method, string path, HttpStatusCode expected, object? body = null)
    {
        var (status, text) = await SendAsync(http, method, path, body);
        Assert.True(status == expected, $"{path}: {status} {text}");
        _answers.Append(text);
    }

    private static async Task<JsonElement> AskAsync(HttpClient http, HttpMethod method, string path, object? body = null)
    {
        var (status, text) = await SendAsync(http, method, path, body);
        Assert.True((int)status is >= 200 and < 300, $"{path}: {status} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpClient http, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<ServiceProcess> StartIntakeAsync((string Name, string Value)[] settings)
    {
        var environment = fixture.Backends.EnvironmentVariables.Concat(TestKeys.Configuration).ToDictionary(setting => setting.Key, setting => setting.Value);
        environment["Queue__QueueName"] = Queue;
        environment["Egress__AllowedCidrs__0"] = "127.0.0.0/8";

        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return ServiceProcess.StartAsync("IntakeService", environment);
    }

    private static HttpClient Client(Uri url) => new() { BaseAddress = url, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Alice) } };

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
