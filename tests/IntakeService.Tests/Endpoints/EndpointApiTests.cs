using System.Net;
using System.Text.Json;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Endpoints;

/// <summary>Each answer about endpoints: what was asked for is done, or a problem says what is wrong with it.</summary>
[Collection(IntakeCollection.Name)]
public sealed class EndpointApiTests(IntakeFixture intake)
{
    private const string Body = """{"url":"http://127.0.0.1:8099/hook","types":["order.*"],"headers":{"Authorization":"Bearer hidden"}}""";

    private static readonly DateTimeOffset InAnHour = DateTimeOffset.UtcNow.AddHours(1);

    private readonly string _tenant = $"t{Guid.NewGuid():N}";

    private string Path => $"/v1/tenants/{_tenant}/endpoints";

    private IntakeClient Alice => intake.Alice;

    private IntakeClient Bob => intake.Setup.ClientWith(TestKeys.Bob);

    [Fact]
    public async Task A_new_endpoint_is_answered_with_its_secret_and_where_it_is()
    {
        var reply = await CreateAsync();

        Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
        Assert.True(EndpointId.IsValid(reply.Id));
        Assert.StartsWith("whsec_", reply.Text("secret"), StringComparison.Ordinal);
        Assert.Equal(($"{Path}/{reply.Id}", "\"1\"", "no-store"), (reply.Headers["Location"], reply.Headers["ETag"], reply.Headers["Cache-Control"]));
        Assert.Equal(("alice", _tenant, "ACTIVE", 1), (reply.Text("owner"), reply.Text("tenant"), reply.Status, reply.Json.GetProperty("version").GetInt32()));
        Assert.Equal("***", reply.Json.GetProperty("headers").GetProperty("Authorization").GetString());

        using var status = intake.Setup.Status.CreatePublicClient(TestKeys.Alice);
        Assert.Equal(HttpStatusCode.OK, (await status.GetAsync(reply.Headers["Location"])).StatusCode);
    }

    [Theory]
    [InlineData("""{"types":["*"]}""", "url")]
    [InlineData("""{"url":"ftp://example.com/","types":["*"]}""", "url")]
    [InlineData("""{"url":7,"types":["*"]}""", "url")]
    [InlineData("""{"url":"https://example.com/"}""", "types")]
    [InlineData("""{"url":"https://example.com/","types":[]}""", "types")]
    [InlineData("""{"url":"https://example.com/","types":"*"}""", "types")]
    [InlineData("""{"url":"https://example.com/","types":["*","order paid"]}""", "types[1]")]
    [InlineData("""{"url":"https://example.com/","types":["*.paid"]}""", "types[0]")]
    [InlineData("""{"url":"https://example.com/","types":[7]}""", "types[0]")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"description":"a\nb"}""", "description")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":{"Host":"b"}}""", "headers.Host")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"timeoutSeconds":31}""", "timeoutSeconds")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"retrySchedule":[1,-1]}""", "retrySchedule[1]")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"colour":"red"}""", "colour")]
    [InlineData("""[]""", "$")]
    public async Task A_field_that_is_wrong_is_named(string json, string field)
    {
        var reply = await CreateAsync(json);

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.True(reply.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).SequenceEqual([field]), reply.ToString());
    }

    [Fact]
    public async Task Bounds_of_texts_and_types_are_exact()
    {
        static string Json(int description, int types) =>
            JsonSerializer.Serialize(new { url = "https://example.com/", description = new string('d', description), types = Enumerable.Range(0, types).Select(number => $"order.t{number}") });

        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(Json(256, 50))).StatusCode);
        Assert.NotEmpty((await CreateAsync(Json(257, 50))).Errors("description"));
        Assert.NotEmpty((await CreateAsync(Json(256, 51))).Errors("types"));
    }

    /// <summary>What the worker would refuse at each attempt is told at once.</summary>
    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://127.0.0.2/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://2130706434/")]
    [InlineData("https://example.com:25/")]
    public async Task A_url_that_is_not_delivered_to_is_refused_at_once(string url)
    {
        var created = await CreateAsync();

        var refused = await CreateAsync($$"""{"url":"{{url}}","types":["*"]}""");
        var patched = await Alice.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", $$"""{"url":"{{url}}"}""");

        Assert.All([refused, patched], reply =>
        {
            reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
            Assert.NotEmpty(reply.Errors("url"));
        });
    }

    [Theory]
    [InlineData("two%20words")]
    [InlineData("a:b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_cannot_be_a_tenant_is_refused(string tenant)
    {
        var reply = await Alice.PostJsonAsync($"/v1/tenants/{tenant}/endpoints", Body);

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.NotEmpty(reply.Errors("tenant"));
    }

    [Fact]
    public async Task The_tenant_of_callbacks_may_have_endpoints() =>
        Assert.Equal(HttpStatusCode.Created, (await Alice.PostJsonAsync($"/v1/tenants/{Tenants.Reserved}/endpoints", Body)).StatusCode);

    [Fact]
    public async Task What_is_not_json_or_says_that_it_is_something_else_or_is_too_large_is_refused()
    {
        var large = $$"""{"url":"https://example.com/","types":["*"],"description":"{{new string('d', 65 * 1024)}}"}""";

        foreach (var (method, path) in new[] { (HttpMethod.Post, Path), (HttpMethod.Patch, $"{Path}/{EndpointId.New(DateTimeOffset.UtcNow)}") })
        {
            (await Alice.SendAsync(method, path, "{")).AssertProblem(HttpStatusCode.BadRequest, "malformed-json");
            (await Alice.SendAsync(method, path, Body, "text/plain")).AssertProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
            (await Alice.SendAsync(method, path, large)).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        }

        (await Alice.SendAsync(HttpMethod.Post, Path, Body, "application/merge-patch+json")).AssertProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(TestKeys.Internal, HttpStatusCode.Forbidden, "forbidden")]
    public async Task Only_a_clients_key_may_do_anything(string? key, HttpStatusCode status, string problem)
    {
        var created = await CreateAsync();
        var client = intake.Setup.ClientWith(key);

        (await client.PostJsonAsync(Path, Body)).AssertProblem(status, problem);
        Assert.All(await AllAsync(client, created.Id), reply => reply.AssertProblem(status, problem));
    }

    [Fact]
    public async Task What_there_is_not_is_not_found_and_anothers_is_answered_alike()
    {
        var alices = await CreateAsync();
        var deleted = await CreateAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync($"{Path}/{deleted.Id}")).StatusCode);

        foreach (var (client, id) in new[] { (Bob, alices.Id), (Alice, EndpointId.New(DateTimeOffset.UtcNow)), (Alice, deleted.Id), (Alice, "not-an-id") })
        {
            Assert.All(await AllAsync(client, id), reply =>
            {
                reply.AssertProblem(HttpStatusCode.NotFound, "not-found");
                Assert.Equal(["status", "title", "traceId", "type"], reply.Json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
                Assert.Equal("There is no such endpoint.", reply.Text("title"));
            });
        }

        Assert.Equal(1, (await Alice.SendAsync(HttpMethod.Patch, $"{Path}/{alices.Id}", """{"description":"x"}""")).Json.GetProperty("version").GetInt32() - 1);
    }

    [Fact]
    public async Task The_101st_endpoint_is_refused()
    {
        await Parallel.ForAsync(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, token) => Assert.True((await intake.Setup.Status.Endpoints.CreateAsync(
            new CreateEndpointRequest
            {
                Key = new EndpointKey("alice", _tenant, EndpointId.New(DateTimeOffset.UtcNow)),
                Url = "https://example.com/",
                Types = ["*"],
                Headers = new Dictionary<string, string>(),
                TimeoutSeconds = 15,
                Fingerprint = "f",
            },
            token)).Applied));

        var refused = await CreateAsync();

        refused.AssertProblem(HttpStatusCode.Conflict, "endpoint-limit");
        Assert.Contains("100", refused.Text("title"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await Bob.PostJsonAsync(Path, Body)).StatusCode);
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_null_goes_back_to_the_default()
    {
        var created = await CreateAsync("""{"url":"https://example.com/","types":["*"],"description":"d","headers":{"X-A":"1"},"timeoutSeconds":5,"retrySchedule":[1]}""");

        var url = await Alice.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", """{"url":"https://example.com/new"}""", "application/merge-patch+json");
        var nulls = await Alice.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", """{"description":null,"headers":null,"timeoutSeconds":null,"retrySchedule":null}""");

        Assert.Equal((HttpStatusCode.OK, "\"2\"", "https://example.com/new", "d", 5), (url.StatusCode, url.Headers["ETag"], url.Text("url"), url.Text("description"), url.Json.GetProperty("timeoutSeconds").GetInt32()));
        Assert.Equal("1", url.Json.GetProperty("headers").GetProperty("X-A").GetString());
        Assert.Equal((HttpStatusCode.OK, 15, "{}"), (nulls.StatusCode, nulls.Json.GetProperty("timeoutSeconds").GetInt32(), nulls.Json.GetProperty("headers").GetRawText()));
        Assert.All(["description", "retrySchedule", "secret"], name => Assert.False(nulls.Json.TryGetProperty(name, out _)));
    }

    [Theory]
    [InlineData("{}", "$")]
    [InlineData("[]", "$")]
    [InlineData("""{"url":null}""", "url")]
    [InlineData("""{"types":null}""", "types")]
    [InlineData("""{"types":[]}""", "types")]
    [InlineData("""{"status":"DELETED"}""", "status")]
    [InlineData("""{"timeoutSeconds":0}""", "timeoutSeconds")]
    public async Task A_patch_that_is_wrong_changes_nothing(string json, string field)
    {
        var created = await CreateAsync();

        var reply = await Alice.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", json);

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.True(reply.Json.GetProperty("errors").TryGetProperty(field, out _), reply.ToString());
        Assert.Equal("\"2\"", (await Alice.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", """{"description":"x"}""")).Headers["ETag"]);
    }

    [Fact]
    public async Task A_change_that_was_decided_on_another_version_is_refused()
    {
        var created = await CreateAsync();
        var path = $"{Path}/{created.Id}";
        Assert.Equal("\"2\"", (await Alice.SendAsync(HttpMethod.Patch, path, """{"description":"x"}""", headers: ("If-Match", "\"1\""))).Headers["ETag"]);

        IntakeReply[] late =
        [
            await Alice.SendAsync(HttpMethod.Patch, path, """{"description":"y"}""", headers: ("If-Match", "\"1\"")),
            await Alice.SendAsync(HttpMethod.Post, $"{path}/secret/rotate", headers: ("If-Match", "\"1\"")),
            await Alice.SendAsync(HttpMethod.Delete, path, headers: ("If-Match", "\"1\"")),
        ];

        Assert.All(late, reply =>
        {
            reply.AssertProblem(HttpStatusCode.PreconditionFailed, "version-conflict");
            Assert.Equal((created.Id, 2), (reply.Id, reply.Json.GetProperty("version").GetInt32()));
        });
        Assert.Equal("\"3\"", (await Alice.SendAsync(HttpMethod.Post, $"{path}/secret/rotate", headers: ("If-Match", "*"))).Headers["ETag"]);
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.SendAsync(HttpMethod.Delete, path, headers: ("If-Match", "\"3\""))).StatusCode);
    }

    [Theory]
    [InlineData("W/\"1\"")]
    [InlineData("\"one\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"0\"")]
    public async Task A_version_that_is_none_is_refused(string version)
    {
        var created = await CreateAsync();

        var reply = await Alice.SendAsync(HttpMethod.Delete, $"{Path}/{created.Id}", headers: ("If-Match", version));

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.NotEmpty(reply.Errors("If-Match"));
    }

    [Fact]
    public async Task A_repeat_with_its_key_is_answered_with_the_same_endpoint_and_another_request_refused()
    {
        var key = ("Idempotency-Key", $"key-{Guid.NewGuid()}");
        var first = await CreateAsync(headers: key);

        var repeat = await CreateAsync("""{ "headers":{"authorization":"Bearer hidden"},"types":["order.*"],"url":"http://127.0.0.1:8099/hook" }""", key);
        var other = await CreateAsync("""{"url":"https://example.com/other","types":["*"]}""", key);

        Assert.Equal((HttpStatusCode.Created, "true"), (repeat.StatusCode, repeat.Headers["Idempotent-Replayed"]));
        Assert.Equal((first.Id, first.Text("secret")), (repeat.Id, repeat.Text("secret")));
        Assert.DoesNotContain("Idempotent-Replayed", first.Headers);
        other.AssertProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.DoesNotContain("whsec_", other.ToString(), StringComparison.Ordinal);

        await Alice.DeleteAsync($"{Path}/{first.Id}");
        (await CreateAsync(headers: key)).AssertProblem(HttpStatusCode.Conflict, "endpoint-deleted");
    }

    [Fact]
    public async Task The_same_key_for_another_tenant_or_of_another_owner_is_another_key()
    {
        var key = ("Idempotency-Key", $"key-{Guid.NewGuid()}");
        var ids = new[]
        {
            (await CreateAsync(headers: key)).Id,
            (await Alice.SendAsync(HttpMethod.Post, $"/v1/tenants/{_tenant}-2/endpoints", Body, headers: key)).Id,
            (await Bob.SendAsync(HttpMethod.Post, Path, Body, headers: key)).Id,
        };

        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_rotation_answers_with_the_new_secret_and_until_when_the_old_one_is_valid()
    {
        var created = await CreateAsync();
        var path = $"{Path}/{created.Id}/secret/rotate";

        var kept = await Alice.PostJsonAsync(path, $$"""{"keepOldUntil":"{{InAnHour:O}}"}""");
        var dropped = await Alice.PostAsync(path);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (kept.StatusCode, dropped.StatusCode));
        Assert.Equal(3, new[] { created, kept, dropped }.Select(reply => reply.Text("secret")).Distinct().Count());
        Assert.Equal(InAnHour.ToUnixTimeMilliseconds(), DateTimeOffset.Parse(kept.Text("oldSecretUntil"), System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
        Assert.Equal("no-store", kept.Headers["Cache-Control"]);
    }

    [Theory]
    [InlineData("-00:00:01", "future")]
    [InlineData("30.01:00:00", "30 days")]
    public async Task An_old_secret_is_kept_for_some_time_that_is_to_come(string fromNow, string said)
    {
        var created = await CreateAsync();
        var until = DateTimeOffset.UtcNow + TimeSpan.Parse(fromNow, System.Globalization.CultureInfo.InvariantCulture);

        var reply = await Alice.PostJsonAsync($"{Path}/{created.Id}/secret/rotate", $$"""{"keepOldUntil":"{{until:O}}"}""");

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.Contains(said, Assert.Single(reply.Errors("keepOldUntil")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"keepOldUntil":"tomorrow"}""", "keepOldUntil")]
    [InlineData("""{"keepOldUntil":7}""", "keepOldUntil")]
    [InlineData("""{"keep":true}""", "keep")]
    [InlineData("[]", "$")]
    public async Task A_rotation_that_is_wrong_changes_nothing(string json, string field)
    {
        var created = await CreateAsync();

        var reply = await Alice.PostJsonAsync($"{Path}/{created.Id}/secret/rotate", json);

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.True(reply.Json.GetProperty("errors").TryGetProperty(field, out _), reply.ToString());
        (await Alice.SendAsync(HttpMethod.Post, $"{Path}/{created.Id}/secret/rotate", "{}", "text/plain")).AssertProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task An_operator_acts_for_the_owner_it_names_and_a_client_for_itself_only()
    {
        var created = await CreateAsync();
        var op = intake.Setup.ClientWith(TestKeys.Operator);

        Assert.Equal("\"2\"", (await op.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}?owner=alice", """{"description":"x"}""")).Headers["ETag"]);
        (await op.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", """{"description":"x"}""")).AssertProblem(HttpStatusCode.NotFound, "not-found");
        Assert.NotEmpty((await Bob.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}?owner=alice", """{"description":"x"}""")).Errors("owner"));
        Assert.NotEmpty((await Alice.DeleteAsync($"{Path}/{created.Id}?force=true")).Errors("force"));
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync($"{Path}/{created.Id}?owner=alice")).StatusCode);
    }

    [Fact]
    public async Task What_the_status_service_does_not_answer_may_be_asked_again()
    {
        var key = ("Idempotency-Key", $"key-{Guid.NewGuid()}");

        using (intake.Setup.Relay.CutAnswer("create"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await CreateAsync(headers: key)).StatusCode);
        }

        var again = await CreateAsync(headers: key);
        Assert.Equal((HttpStatusCode.Created, "true"), (again.StatusCode, again.Headers["Idempotent-Replayed"]));
        Assert.StartsWith("whsec_", again.Text("secret"), StringComparison.Ordinal);
    }

    private Task<IntakeReply> CreateAsync(string json = Body, params (string Name, string Value)[] headers) => Alice.SendAsync(HttpMethod.Post, Path, json, headers: headers);

    /// <summary>All that is asked about one endpoint.</summary>
    private async Task<IntakeReply[]> AllAsync(IntakeClient client, string id) =>
    [
        await client.SendAsync(HttpMethod.Patch, $"{Path}/{id}", """{"description":"x"}"""),
        await client.PostAsync($"{Path}/{id}/secret/rotate"),
        await client.PostAsync($"{Path}/{id}/test"),
        await client.DeleteAsync($"{Path}/{id}"),
    ];
}
