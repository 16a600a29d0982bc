using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Events;
using Waybill.Notifications.Storage;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Events;

/// <summary>Each answer about events: what was posted is stored, and sent to each endpoint that takes it, or a problem says what is wrong with it.</summary>
[Collection(IntakeCollection.Name)]
public sealed class EventApiTests(IntakeFixture intake)
{
    private const string Path = "/v1/events";

    private readonly string _tenant = $"t{Guid.NewGuid():N}";

    private IntakeClient Alice => intake.Alice;

    private StatusClient Status => intake.Setup.Status.Client;

    private string Body => Json();

    [Fact]
    public async Task An_event_that_nobody_takes_is_accepted()
    {
        await CreateAsync("user.*");

        var reply = await PostAsync(Body);

        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        Assert.True(EventIds.IsValid(reply.Id));
        Assert.Equal(("order.paid", _tenant, 0, 0), (reply.Text("type"), reply.Text("tenant"), reply.Json.GetProperty("matched").GetInt32(), Notifications(reply).Length));
        Assert.Equal($"{intake.Setup.Status.PublicUrl}v1/events/{reply.Id}", reply.Text("statusUrl"));
        Assert.Equal(reply.Text("statusUrl"), reply.Headers["Location"]);

        using var status = intake.Setup.Status.CreatePublicClient(TestKeys.Alice);
        Assert.Equal(HttpStatusCode.OK, (await status.GetAsync(reply.Text("statusUrl"))).StatusCode);
    }

    [Fact]
    public async Task Each_endpoint_that_takes_it_gets_a_notification_that_is_queued_once()
    {
        string[] endpoints = [await CreateAsync("order.*"), await CreateAsync("*")];
        await CreateAsync("user.*");

        var reply = await PostAsync(Body);

        Assert.Equal(2, reply.Json.GetProperty("matched").GetInt32());
        Assert.Equal(endpoints.Order(StringComparer.Ordinal), Notifications(reply).Select(one => one.EndpointId));
        Assert.All(Notifications(reply), one => Assert.Equal((NotificationId.OfEvent(reply.Id, one.EndpointId), "QUEUED"), (one.Id, one.Status)));

        foreach (var one in Notifications(reply))
        {
            var target = (await intake.Setup.Queue.MessageAsync(one.Id)).GetProperty("target");
            Assert.Equal(1, await intake.Setup.Queue.CountAsync(one.Id));
            Assert.Equal(reply.Id, target.GetProperty("eventId").GetString());
            Assert.Equal(("alice", _tenant, one.EndpointId), (Text(target, "owner"), Text(target, "tenant"), Text(target, "id")));
            Assert.Equal(NotificationStatus.Queued, (await intake.Setup.RecordAsync(one.Id)).Status);
        }

        static string? Text(JsonElement target, string name) => target.GetProperty("endpoint").GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_tenant_of_which_nothing_is_known_takes_nothing_and_it_is_on_record()
    {
        var reply = await PostAsync(Body);

        Assert.Equal((HttpStatusCode.Accepted, 0), (reply.StatusCode, reply.Json.GetProperty("matched").GetInt32()));
    }

    [Theory]
    [InlineData("""{"tenant":"a"}""", "type")]
    [InlineData("""{"type":"order..paid","tenant":"a"}""", "type")]
    [InlineData("""{"type":"order.*","tenant":"a"}""", "type")]
    [InlineData("""{"type":"","tenant":"a"}""", "type")]
    [InlineData("""{"type":7,"tenant":"a"}""", "type")]
    [InlineData("""{"type":null,"tenant":"a"}""", "type")]
    [InlineData("""{"type":"order.paid"}""", "tenant")]
    [InlineData("""{"type":"order.paid","tenant":"two words"}""", "tenant")]
    [InlineData("""{"type":"order.paid","tenant":".."}""", "tenant")]
    [InlineData("""{"type":"order.paid","tenant":7}""", "tenant")]
    [InlineData("""{"type":"order.paid","tenant":"waybill"}""", "tenant")]
    [InlineData("""{"type":"order.paid","tenant":"a","colour":"red"}""", "colour")]
    [InlineData("""{"type":"order.paid","tenant":"a","url":"https://example.com/"}""", "url")]
    [InlineData("""{"type":"order.paid","tenant":"a","deliverAt":"tomorrow"}""", "deliverAt")]
    [InlineData("""{"type":"order.paid","tenant":"a","payloadBase64":"?"}""", "payloadBase64")]
    [InlineData("""{"type":"order.paid","tenant":"a","correlationId":""}""", "correlationId")]
    [InlineData("""{"type":".","tenant":"a"}""", "type")]
    [InlineData("""{"type":"order paid","tenant":"a"}""", "type")]
    [InlineData("""{"type":"größe","tenant":"a"}""", "type")]
    [InlineData("""{"type":["order.paid"],"tenant":"a"}""", "type")]
    [InlineData("""{"type":"order.paid","tenant":null}""", "tenant")]
    [InlineData("""{"type":"order.paid","tenant":""}""", "tenant")]
    [InlineData("""{"type":"order.paid","tenant":"."}""", "tenant")]
    [InlineData("""{"type":"order.paid","tenant":"a/b"}""", "tenant")]
    [InlineData("""{"type":"order.paid","tenant":"\ud800"}""", "tenant")]
    [InlineData("""{"type":"order.paid","tenant":"a","endpointId":"ep_1"}""", "endpointId")]
    [InlineData("""{"type":"order.paid","tenant":"a","idempotencyKey":"k"}""", "idempotencyKey")]
    [InlineData("""{"type":"order.paid","tenant":"a","headers":{}}""", "headers")]
    [InlineData("""{"type":"order.paid","tenant":"a","method":"GET"}""", "method")]
    [InlineData("""{"type":"order.paid","tenant":"a","id":"evt_1"}""", "id")]
    [InlineData("""{"type":"order.paid","tenant":"a","tenant":"a"}""", "tenant")]
    [InlineData("""{"type":"order.paid","tenant":"a","deliverAt":7}""", "deliverAt")]
    [InlineData("""{"type":"order.paid","tenant":"a","deliverAt":"2999-01-01T00:00:00Z"}""", "deliverAt")]
    [InlineData("""{"type":"order.paid","tenant":"a","deliverAt":"2027-01-01T00:00:00"}""", "deliverAt")]
    [InlineData("""{"type":"order.paid","tenant":"a","payloadText":7}""", "payloadText")]
    [InlineData("""{"type":"order.paid","tenant":"a","payloadBase64":"AA"}""", "payloadBase64")]
    [InlineData("""{"type":"order.paid","tenant":"a","payloadBase64":7}""", "payloadBase64")]
    [InlineData("""{"type":"order.paid","tenant":"a","payload":1,"contentType":7}""", "contentType")]
    [InlineData("""{"type":"order.paid","tenant":"a","payload":1,"contentType":"text"}""", "contentType")]
    [InlineData("""{"type":"order.paid","tenant":"a","payload":1,"contentType":"a/b\nX: 1"}""", "contentType")]
    [InlineData("""{"type":"order.paid","tenant":"a","correlationId":7}""", "correlationId")]
    [InlineData("""{"type":"order.paid","tenant":"a","correlationId":"a\nb"}""", "correlationId")]
    [InlineData("null", "$")]
    [InlineData("\"text\"", "$")]
    [InlineData("""[]""", "$")]
    public async Task A_field_that_is_wrong_is_named(string json, string field)
    {
        var reply = await PostAsync(json);

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.True(reply.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).SequenceEqual([field]), reply.ToString());
    }

    [Theory]
    [InlineData(128, HttpStatusCode.Accepted)]
    [InlineData(129, HttpStatusCode.BadRequest)]
    public async Task Type_tenant_and_correlation_id_have_128_characters_at_most(int length, HttpStatusCode status)
    {
        var text = new string('a', length);
        var reply = await PostAsync($$"""{"type":"{{text}}","tenant":"{{text}}","correlationId":"{{text}}"}""");

        Assert.Equal(status, reply.StatusCode);
        Assert.All(status == HttpStatusCode.BadRequest ? ["type", "tenant", "correlationId"] : Array.Empty<string>(), field => Assert.NotEmpty(reply.Errors(field)));
    }

    [Theory]
    [InlineData(365, HttpStatusCode.Accepted)]
    [InlineData(367, HttpStatusCode.BadRequest)]
    public async Task An_event_is_for_a_year_ahead_at_most(int days, HttpStatusCode status)
    {
        var deliverAt = DateTimeOffset.UtcNow.AddDays(days).ToString("O", CultureInfo.InvariantCulture);

        Assert.Equal(status, (await PostAsync($$"""{"type":"order.paid","tenant":"{{_tenant}}","deliverAt":"{{deliverAt}}"}""")).StatusCode);
    }

    [Theory]
    [InlineData("\"payload\":1,\"payloadText\":\"1\"")]
    [InlineData("\"payloadText\":\"1\",\"payloadBase64\":\"AAAA\"")]
    [InlineData("\"payload\":1,\"payloadText\":\"1\",\"payloadBase64\":\"AAAA\"")]
    public async Task Of_the_payloads_one_is_given_at_most(string payloads)
    {
        var reply = await PostAsync($$"""{"type":"order.paid","tenant":"a",{{payloads}}}""");

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.All(payloads.Split(',').Select(payload => payload.Split('"')[1]), field => Assert.Contains("the only one", Assert.Single(reply.Errors(field)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_that_is_wrong_is_in_one_answer()
    {
        var reply = await PostAsync("""{"type":"*","tenant":"waybill","payload":1,"payloadText":"1","colour":1}""", "two words");

        Assert.All(["type", "tenant", "colour", "Idempotency-Key"], field => Assert.NotEmpty(reply.Errors(field)));
        Assert.Contains(reply.Json.GetProperty("errors").EnumerateObject(), error => error.Name.StartsWith("payload", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_json_or_says_that_it_is_something_else_or_is_too_large_is_refused()
    {
        (await PostAsync("{")).AssertProblem(HttpStatusCode.BadRequest, "malformed-json");
        (await Alice.SendAsync(HttpMethod.Post, Path, Body, "text/plain")).AssertProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await PostAsync(Json(payload: $"\"{new string('x', 256 * 1024)}\""))).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        (await PostAsync(Json(payload: $"\"{new string('x', 2 * 1024 * 1024)}\""))).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(TestKeys.Internal, HttpStatusCode.Forbidden, "forbidden")]
    public async Task Only_a_clients_key_may_post(string? key, HttpStatusCode status, string problem)
    {
        var client = intake.Setup.ClientWith(key);

        (await client.PostJsonAsync(Path, Body)).AssertProblem(status, problem);
        (await client.PostJsonAsync($"{Path}/batch", $$"""{"events":[{{Body}}]}""")).AssertProblem(status, problem);
    }

    [Fact]
    public async Task A_repeat_with_its_key_is_answered_with_the_same_event_and_nothing_is_sent_again()
    {
        await CreateAsync("*");
        await CreateAsync("*");
        var key = $"key-{Guid.NewGuid()}";
        var first = await PostAsync(Body, key);
        await CreateAsync("*");

        var repeat = await PostAsync(Body, key);

        Assert.Equal((HttpStatusCode.Accepted, "true"), (repeat.StatusCode, repeat.Headers["Idempotent-Replayed"]));
        Assert.DoesNotContain("Idempotent-Replayed", first.Headers);
        Assert.Equal(first.Json.ToString(), repeat.Json.ToString());
        Assert.All(await CountsAsync(first), count => Assert.Equal(1, count));
    }

    [Theory]
    [InlineData("order.refunded", "1")]
    [InlineData("order.paid", "2")]
    public async Task The_same_key_with_another_event_is_refused(string type, string payload)
    {
        var key = $"key-{Guid.NewGuid()}";
        var first = await PostAsync(Json("order.paid", "1"), key);

        (await PostAsync(Json(type, payload), key)).AssertProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");

        Assert.Equal(first.Id, (await PostAsync(Json("order.paid", "1"), key)).Id);
        Assert.NotEqual(first.Id, (await intake.Setup.ClientWith(TestKeys.Bob).SendAsync(HttpMethod.Post, Path, Json("order.paid", "1"), headers: ("Idempotency-Key", key))).Id);
    }

    [Theory]
    [InlineData(",\"correlationId\":\"other\"")]
    [InlineData(",\"contentType\":\"application/x-other\"")]
    [InlineData(",\"deliverAt\":\"2099-01-01T00:00:00Z\"")]
    public async Task The_same_key_with_anything_else_about_the_event_is_refused(string other)
    {
        var key = $"key-{Guid.NewGuid()}";
        var json = $$"""{"type":"order.paid","tenant":"{{_tenant}}","payload":1""";
        var later = DateTimeOffset.UtcNow.AddDays(1).ToString("O", CultureInfo.InvariantCulture);
        await PostAsync(json + "}", key);

        (await PostAsync($"{json}{other.Replace("2099-01-01T00:00:00Z", later, StringComparison.Ordinal)}}}", key)).AssertProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await PostAsync(json.Replace(_tenant, $"{_tenant}-2", StringComparison.Ordinal) + "}", key)).AssertProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Theory]
    [InlineData(255, HttpStatusCode.Accepted)]
    [InlineData(256, HttpStatusCode.BadRequest)]
    public async Task A_key_has_255_characters_at_most(int length, HttpStatusCode status)
    {
        var key = Guid.NewGuid().ToString("N").PadRight(length, 'k');

        Assert.Equal(status, (await PostAsync(Body, key)).StatusCode);

        var batch = await Alice.PostJsonAsync($"{Path}/batch", $$"""{"events":[{{Body[..^1]}},"idempotencyKey":"{{key}}"}]}""");
        Assert.Equal(status == HttpStatusCode.Accepted, batch.Json.GetProperty("results")[0].TryGetProperty("id", out _));
    }

    [Fact]
    public async Task A_key_of_a_notification_and_of_an_event_have_nothing_to_do_with_each_other()
    {
        var key = $"key-{Guid.NewGuid()}";

        Assert.Equal(HttpStatusCode.Accepted, (await Alice.SubmitAsync("""{"url":"http://127.0.0.1:9/"}""", key)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(Body, key)).StatusCode);
    }

    [Fact]
    public async Task What_is_for_later_is_not_sent_now()
    {
        await CreateAsync("*");
        var deliverAt = DateTimeOffset.UtcNow.AddHours(1);

        var reply = await PostAsync($$"""{"type":"order.paid","tenant":"{{_tenant}}","deliverAt":"{{deliverAt.ToString("O", CultureInfo.InvariantCulture)}}"}""");

        var one = Assert.Single(Notifications(reply));
        Assert.Equal("PENDING", one.Status);
        Assert.Equal(0, await intake.Setup.Queue.CountAsync(one.Id));
        Assert.Equal(deliverAt.ToUnixTimeMilliseconds(), (await intake.Setup.RecordAsync(one.Id)).DueAt!.Value.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task One_bad_entry_of_a_batch_harms_no_other()
    {
        await CreateAsync("order.*");
        var key = $"key-{Guid.NewGuid()}";
        string Entry(string type, string more = "") => $$"""{"type":"{{type}}","tenant":"{{_tenant}}","payload":{"n":1}{{more}}}""";
        string[] entries =
        [
            Entry("order.paid", $",\"idempotencyKey\":\"{key}\""),
            Entry("order..paid"),
            "7",
            Entry("user.created"),
            Entry("order.paid", $",\"idempotencyKey\":\"{key}-2\""),
            """{"type":"order.paid","tenant":"waybill"}""",
        ];

        var reply = await Alice.PostJsonAsync($"{Path}/batch", $$"""{"events":[{{string.Join(",", entries)}}]}""");

        var results = reply.Json.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(0, entries.Length), results.Select(result => result.GetProperty("index").GetInt32()));
        Assert.Equal([1, null, null, 0, 1, null], results.Select(result => result.TryGetProperty("matched", out var matched) ? matched.GetInt32() : (int?)null));
        Assert.All([1, 2, 5], index => Assert.Equal(400, results[index].GetProperty("problem").GetProperty("status").GetInt32()));
        Assert.True(results[1].GetProperty("problem").GetProperty("errors").TryGetProperty("type", out _));
        Assert.Equal(EventIds.FromIdempotencyKey("alice", key), results[0].GetProperty("id").GetString());
        Assert.Equal(results[0].GetProperty("id").GetString(), (await PostAsync(Entry("order.paid"), key)).Id);

        var other = await Alice.PostJsonAsync($"{Path}/batch", $$"""{"events":[{{Entry("order.refunded", $",\"idempotencyKey\":\"{key}\"")}}]}""");
        Assert.Equal(422, other.Json.GetProperty("results")[0].GetProperty("problem").GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("""{"events":[]}""", "events")]
    [InlineData("""{}""", "events")]
    [InlineData("""{"events":{}}""", "events")]
    [InlineData("""{"notifications":[]}""", "notifications")]
    [InlineData("""{"events":null}""", "events")]
    [InlineData("""{"events":[],"colour":1}""", "colour")]
    [InlineData("[]", "$")]
    public async Task A_batch_that_is_none_is_refused(string json, string field)
    {
        var reply = await Alice.PostJsonAsync($"{Path}/batch", json);

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.NotEmpty(reply.Errors(field));
    }

    [Fact]
    public async Task A_batch_has_100_entries_at_most_and_no_key_of_its_own()
    {
        string Batch(int count) => $$"""{"events":[{{string.Join(",", Enumerable.Repeat(Body, count))}}]}""";

        Assert.Equal(100, (await Alice.PostJsonAsync($"{Path}/batch", Batch(100))).Json.GetProperty("results").GetArrayLength());
        Assert.NotEmpty((await Alice.PostJsonAsync($"{Path}/batch", Batch(101))).Errors("events"));
        Assert.NotEmpty((await Alice.SendAsync(HttpMethod.Post, $"{Path}/batch", Batch(1), headers: ("Idempotency-Key", "key"))).Errors("Idempotency-Key"));
        (await Alice.SendAsync(HttpMethod.Post, $"{Path}/batch", Batch(1), "text/plain")).AssertProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData(null, "waybill.test")]
    [InlineData("""{}""", "waybill.test")]
    [InlineData("""{"type":"order.paid"}""", "order.paid")]
    public async Task A_test_goes_to_its_endpoint_whatever_that_takes(string? json, string type)
    {
        var endpoint = await CreateAsync("user.*");
        await CreateAsync("*");

        var reply = await Alice.SendAsync(HttpMethod.Post, $"/v1/tenants/{_tenant}/endpoints/{endpoint}/test", json);

        Assert.Equal((HttpStatusCode.Accepted, type, 1), (reply.StatusCode, reply.Text("type"), reply.Json.GetProperty("matched").GetInt32()));
        var one = Assert.Single(Notifications(reply));
        Assert.Equal((endpoint, "QUEUED"), (one.EndpointId, one.Status));

        var (claim, _) = await Status.ClaimAsync(one.Id, new ClaimRequest("test"), CancellationToken.None);
        var body = JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(claim!.Request.Body!));
        Assert.Equal((type, true, endpoint), (body.GetProperty("type").GetString(), body.GetProperty("data").GetProperty("test").GetBoolean(), body.GetProperty("data").GetProperty("endpointId").GetString()));
    }

    [Theory]
    [InlineData("""{"type":"order.*"}""", "type")]
    [InlineData("""{"tenant":"a"}""", "tenant")]
    [InlineData("""{"type":7}""", "type")]
    [InlineData("""{"type":""}""", "type")]
    [InlineData("""{"type":"a..b"}""", "type")]
    [InlineData("""{"payload":1}""", "payload")]
    [InlineData("null", "$")]
    [InlineData("[]", "$")]
    public async Task A_test_that_is_wrong_is_refused(string json, string field)
    {
        var endpoint = await CreateAsync("*");

        var reply = await Alice.PostJsonAsync($"/v1/tenants/{_tenant}/endpoints/{endpoint}/test", json);

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.True(reply.Json.GetProperty("errors").TryGetProperty(field, out _), reply.ToString());
    }

    [Fact]
    public async Task What_the_status_service_took_without_an_answer_is_met_by_the_repeat()
    {
        await CreateAsync("*");
        await CreateAsync("*");
        var key = $"key-{Guid.NewGuid()}";

        using (intake.Setup.Relay.CutAnswer(StatusClient.AcceptEvent))
        {
            var lost = await PostAsync(Body, key);
            lost.AssertProblem(HttpStatusCode.ServiceUnavailable, "table-unavailable");
            Assert.Equal(EventIds.FromIdempotencyKey("alice", key), lost.Id);
        }

        var reply = await PostAsync(Body, key);

        Assert.Equal((HttpStatusCode.Accepted, "true"), (reply.StatusCode, reply.Headers["Idempotent-Replayed"]));
        Assert.Equal(["QUEUED", "QUEUED"], Notifications(reply).Select(one => one.Status));
        Assert.All(await CountsAsync(reply), count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task The_dispatcher_finishes_a_fan_out_that_nobody_came_to_the_end_of()
    {
        await CreateAsync("*");
        await CreateAsync("*");
        var accepted = (await Status.AcceptAsync(
            new AcceptEventRequest { Id = EventIds.New(DateTimeOffset.UtcNow), Owner = "alice", Tenant = _tenant, Type = "order.paid", Fingerprint = "f" },
            CancellationToken.None)).Answer!;

        // As a crash leaves it that came to the first of the two.
        var table = intake.Setup.Backends.DynamoDbClient;
        var missing = accepted.Notifications[1].Id;
        await table.DeleteItemAsync(TableDefinition.DefaultName, new() { [TableDefinition.PartitionKey] = new(missing), [TableDefinition.SortKey] = new(TableDefinition.StateItem) });
        await table.PutItemAsync(TableDefinition.DefaultName, new()
        {
            [TableDefinition.PartitionKey] = new(accepted.Event.Id),
            [TableDefinition.SortKey] = new(TableDefinition.FanOutItem),
            [TableDefinition.Due.PartitionKey] = new(Shards.Due(accepted.Event.Id)),
            [TableDefinition.Due.SortKey] = new() { N = DateTimeOffset.UtcNow.AddSeconds(-1).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) },
        });

        await Eventually.BecomesAsync(() => intake.Setup.Queue.CountAsync(missing), count => count >= 1);

        var record = await Eventually.BecomesAsync(() => intake.Setup.RecordAsync(missing), record => record.Status == NotificationStatus.Queued);
        Assert.Equal(accepted.Notifications[1].Event, record.Event);
        Assert.DoesNotContain(await Status.DueAsync(Shards.Due(accepted.Event.Id), 1000, CancellationToken.None), due => due.Id == accepted.Event.Id);
        Assert.Equal(1, (await intake.Setup.RecordAsync(accepted.Notifications[0].Id)).Version);
    }

    private string Json(string type = "order.paid", string payload = """{"order":4711}""") => $$"""{"type":"{{type}}","tenant":"{{_tenant}}","payload":{{payload}}}""";

    private Task<IntakeReply> PostAsync(string json, string? key = null) =>
        Alice.SendAsync(HttpMethod.Post, Path, json, headers: key is null ? [] : [("Idempotency-Key", key)]);

    private async Task<string> CreateAsync(params string[] types) =>
        (await Alice.PostJsonAsync($"/v1/tenants/{_tenant}/endpoints", JsonSerializer.Serialize(new { url = "http://127.0.0.1:8099/hook", types }))).Id;

    /// <summary>Messages of each of its notifications.</summary>
    private async Task<int[]> CountsAsync(IntakeReply reply)
    {
        var counts = await intake.Setup.Queue.CountsAsync();
        return [.. Notifications(reply).Select(one => counts.GetValueOrDefault(one.Id))];
    }

    private static (string Id, string EndpointId, string Status)[] Notifications(IntakeReply reply) =>
        [.. reply.Json.GetProperty("notifications").EnumerateArray().Select(one => (one.GetProperty("id").GetString()!, one.GetProperty("endpointId").GetString()!, one.GetProperty("status").GetString()!))];
}
