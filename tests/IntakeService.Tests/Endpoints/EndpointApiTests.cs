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
    [InlineData("""{"url":null,"types":["*"]}""", "url")]
    [InlineData("""{"url":"","types":["*"]}""", "url")]
    [InlineData("""{"url":"example.com/hook","types":["*"]}""", "url")]
    [InlineData("""{"url":"//example.com/","types":["*"]}""", "url")]
    [InlineData("""{"url":"https://","types":["*"]}""", "url")]
    [InlineData("""{"url":"https://user:word@example.com/","types":["*"]}""", "url")]
    [InlineData("""{"url":"https://example.com/#top","types":["*"]}""", "url")]
    [InlineData("""{"url":"https://example.com:0/","types":["*"]}""", "url")]
    [InlineData("""{"url":"https://example.com:65536/","types":["*"]}""", "url")]
    [InlineData("""{"url":"https://example.com/two words","types":["*"]}""", "url")]
    [InlineData("""{"url":["https://example.com/"],"types":["*"]}""", "url")]
    [InlineData("""{"url":"https://example.com/","types":null}""", "types")]
    [InlineData("""{"url":"https://example.com/","types":{}}""", "types")]
    [InlineData("""{"url":"https://example.com/","types":["order.paid",""]}""", "types[1]")]
    [InlineData("""{"url":"https://example.com/","types":[".*"]}""", "types[0]")]
    [InlineData("""{"url":"https://example.com/","types":["order."]}""", "types[0]")]
    [InlineData("""{"url":"https://example.com/","types":["a..b"]}""", "types[0]")]
    [InlineData("""{"url":"https://example.com/","types":["order.**"]}""", "types[0]")]
    [InlineData("""{"url":"https://example.com/","types":["order.*.paid"]}""", "types[0]")]
    [InlineData("""{"url":"https://example.com/","types":["order*"]}""", "types[0]")]
    [InlineData("""{"url":"https://example.com/","types":["bestellung.bezahlt.ö"]}""", "types[0]")]
    [InlineData("""{"url":"https://example.com/","types":["*",null]}""", "types[1]")]
    [InlineData("""{"url":"https://example.com/","types":[["*"]]}""", "types[0]")]
    [InlineData("""{"url":"https://example.com/","types":["*","\ud800"]}""", "types[1]")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"description":7}""", "description")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":[]}""", "headers")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":"X: 1"}""", "headers")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":{"X":7}}""", "headers.X")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":{"X":null}}""", "headers.X")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":{"":"1"}}""", "headers.")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":{"X Y":"1"}}""", "headers.X Y")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":{"X":"a\nb"}}""", "headers.X")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":{"X-A":"1","x-a":"2"}}""", "headers.x-a")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":{"webhook-id":"1"}}""", "headers.webhook-id")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":{"Webhook-Signature":"1"}}""", "headers.Webhook-Signature")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":{"Content-Length":"1"}}""", "headers.Content-Length")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"headers":{"Connection":"close"}}""", "headers.Connection")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"timeoutSeconds":0}""", "timeoutSeconds")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"timeoutSeconds":1.5}""", "timeoutSeconds")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"timeoutSeconds":"15"}""", "timeoutSeconds")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"timeoutSeconds":99999999999}""", "timeoutSeconds")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"timeoutSeconds":true}""", "timeoutSeconds")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"retrySchedule":5}""", "retrySchedule")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"retrySchedule":{}}""", "retrySchedule")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"retrySchedule":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}""", "retrySchedule")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"retrySchedule":[86401]}""", "retrySchedule[0]")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"retrySchedule":[0.5]}""", "retrySchedule[0]")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"retrySchedule":["5"]}""", "retrySchedule[0]")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"retrySchedule":[null]}""", "retrySchedule[0]")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"types":["*"]}""", "types")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"id":"ep_1"}""", "id")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"status":"ACTIVE"}""", "status")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"secret":"whsec_AAAA"}""", "secret")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"owner":"bob"}""", "owner")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"tenant":"b"}""", "tenant")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"version":1}""", "version")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"paused":"yes"}""", "paused")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"paused":1}""", "paused")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"pausedUntil":"2030-01-01T00:00:00Z"}""", "pausedUntil")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"maxPerSecond":0}""", "maxPerSecond")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"maxPerSecond":1001}""", "maxPerSecond")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"maxPerSecond":1.5}""", "maxPerSecond")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"maxPerSecond":"7"}""", "maxPerSecond")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"URL":"https://example.com/"}""", "URL")]
    [InlineData("""{"url":"https://example.com/","types":["*"],"\ud800":1}""", "$")]
    [InlineData("null", "$")]
    [InlineData("7", "$")]
    [InlineData("\"text\"", "$")]
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
        Assert.NotEmpty((await CreateAsync(Json(256, 200))).Errors("types"));
    }

    [Theory]
    [InlineData(128, HttpStatusCode.Created)]
    [InlineData(129, HttpStatusCode.BadRequest)]
    public async Task A_type_has_128_characters_at_most_with_what_stands_for_all_below_it(int length, HttpStatusCode status)
    {
        foreach (var type in new[] { new string('a', length), $"{new string('a', length - 2)}.*" })
        {
            Assert.Equal(status, (await CreateAsync($$"""{"url":"https://example.com/","types":["{{type}}"]}""")).StatusCode);
        }
    }

    [Fact]
    public async Task Types_that_are_given_twice_are_kept_once()
    {
        var reply = await CreateAsync("""{"url":"https://example.com/","types":["order.*","order.paid","order.*"]}""");

        Assert.Equal(["order.*", "order.paid"], reply.Json.GetProperty("types").EnumerateArray().Select(type => type.GetString()));
    }

    [Theory]
    [InlineData(32, 1, HttpStatusCode.Created)]
    [InlineData(33, 1, HttpStatusCode.BadRequest)]
    [InlineData(4, 4000, HttpStatusCode.Created)]
    [InlineData(5, 4000, HttpStatusCode.BadRequest)]
    public async Task Headers_have_the_bounds_of_a_notifications(int count, int length, HttpStatusCode status)
    {
        var headers = Enumerable.Range(0, count).ToDictionary(number => $"X-Header-{number}", _ => new string('v', length));
        var json = JsonSerializer.Serialize(new { url = "https://example.com/", types = new[] { "*" }, headers });

        var reply = await CreateAsync(json);

        Assert.Equal(status, reply.StatusCode);
        Assert.True(status == HttpStatusCode.Created || reply.Errors("headers").Length == 1, reply.ToString());
    }

    [Fact]
    public async Task All_that_is_wrong_is_in_one_answer()
    {
        var reply = await Alice.SendAsync(
            HttpMethod.Post,
            "/v1/tenants/two%20words/endpoints?owner=bob",
            """{"url":"http://10.0.0.1:25/","types":["*","a..b"],"headers":{"Host":"a"},"timeoutSeconds":0,"retrySchedule":[-1],"description":7,"colour":1}""",
            headers: ("Idempotency-Key", "two words"));

        Assert.Equal(
            ["Idempotency-Key", "colour", "description", "headers.Host", "owner", "retrySchedule[0]", "tenant", "timeoutSeconds", "types[1]", "url"],
            reply.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
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

    /// <summary>All that the worker has to stand, but for names: what those lead to is only known when they are called.</summary>
    [Fact]
    public async Task No_hostile_target_that_needs_no_name_server_becomes_an_endpoint()
    {
        await using var replica = await intake.Setup.StartReplicaAsync(("Egress__AllowedCidrs__0", "10.99.0.0/16"));
        var client = new IntakeClient(replica.Url, TestKeys.Alice);
        var created = await CreateAsync();
        var wrong = new List<string>();

        foreach (var url in HostileTargets.WithoutNames)
        {
            foreach (var reply in new[]
            {
                await client.PostJsonAsync(Path, JsonSerializer.Serialize(new { url, types = new[] { "*" } })),
                await client.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", JsonSerializer.Serialize(new { url })),
            })
            {
                if (reply.StatusCode != HttpStatusCode.BadRequest || reply.Errors("url").Length == 0)
                {
                    wrong.Add($"{url}: {reply}");
                }
            }
        }

        Assert.NotEmpty(HostileTargets.WithoutNames);
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700::1111]:8443/")]
    [InlineData("https://receiver.example:9443/hook?a=b")]
    public async Task A_url_that_may_be_delivered_to_is_taken(string url) =>
        Assert.Equal((HttpStatusCode.Created, url), (await CreateAsync($$"""{"url":"{{url}}","types":["*"]}""") is var reply ? reply.StatusCode : 0, reply.Text("url")));

    /// <summary>As it is sent: dots that mean a folder are resolved before anybody reads a tenant.</summary>
    [Theory]
    [InlineData("/v1/tenants/../endpoints", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/v1/tenants/%2e%2e/endpoints", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/v1/tenants/./endpoints", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/v1/tenants//endpoints", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/v1/tenants/a%2Fb/endpoints", HttpStatusCode.BadRequest, "validation")]
    [InlineData("/v1/tenants/..%2F..%2Fa/endpoints", HttpStatusCode.BadRequest, "validation")]
    [InlineData("/v1/tenants/%20/endpoints", HttpStatusCode.BadRequest, "validation")]
    [InlineData("/v1/tenants/a%00b/endpoints", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("/v1/tenants/%C3%A4/endpoints", HttpStatusCode.BadRequest, "validation")]
    [InlineData("/v1/tenants/%FF/endpoints", HttpStatusCode.BadRequest, "validation")]
    [InlineData("/v1/tenants/%25/endpoints", HttpStatusCode.BadRequest, "validation")]
    public async Task A_path_that_names_no_tenant_is_answered_with_a_problem(string path, HttpStatusCode status, string problem) =>
        (await Alice.SendRawAsync(HttpMethod.Post, path, Body)).AssertProblem(status, problem);

    [Fact]
    public async Task A_tenant_may_be_percent_encoded()
    {
        var reply = await Alice.SendRawAsync(HttpMethod.Post, $"/v1/tenants/%61~.-{_tenant}/endpoints", Body);

        Assert.Equal((HttpStatusCode.Created, $"a~.-{_tenant}"), (reply.StatusCode, reply.Text("tenant")));
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
    [InlineData("null", "$")]
    [InlineData("7", "$")]
    [InlineData("""{"id":"ep_1"}""", "id")]
    [InlineData("""{"secret":"whsec_AAAA"}""", "secret")]
    [InlineData("""{"version":7}""", "version")]
    [InlineData("""{"owner":"bob"}""", "owner")]
    [InlineData("""{"tenant":"b"}""", "tenant")]
    [InlineData("""{"\ud800":1}""", "$")]
    [InlineData("""{"url":""}""", "url")]
    [InlineData("""{"url":"https://example.com/","url":"https://example.com/"}""", "url")]
    [InlineData("""{"types":["*","a..b"]}""", "types[1]")]
    [InlineData("""{"types":"*"}""", "types")]
    [InlineData("""{"description":7}""", "description")]
    [InlineData("""{"headers":{"Host":"a"}}""", "headers.Host")]
    [InlineData("""{"retrySchedule":[-1]}""", "retrySchedule[0]")]
    [InlineData("""{"retrySchedule":"none"}""", "retrySchedule")]
    [InlineData("""{"maxPerSecond":0}""", "maxPerSecond")]
    [InlineData("""{"maxPerSecond":"7"}""", "maxPerSecond")]
    [InlineData("""{"paused":true}""", "paused")]
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
            .. await StatesAsync(Alice, created.Id, ("If-Match", "\"1\"")),
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
    [InlineData("\"-1\"")]
    [InlineData("\"01\"")]
    [InlineData("\"1")]
    [InlineData("1")]
    [InlineData("\"\"1\"\"")]
    [InlineData("\"99999999999\"")]
    [InlineData("*, \"1\"")]
    [InlineData("")]
    public async Task A_version_that_is_none_is_refused(string version)
    {
        var created = await CreateAsync();

        IntakeReply[] replies =
        [
            await Alice.SendAsync(HttpMethod.Delete, $"{Path}/{created.Id}", headers: ("If-Match", version)),
            await Alice.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", """{"description":"x"}""", headers: ("If-Match", version)),
            await Alice.SendAsync(HttpMethod.Post, $"{Path}/{created.Id}/secret/rotate", headers: ("If-Match", version)),
            .. await StatesAsync(Alice, created.Id, ("If-Match", version)),
        ];

        Assert.All(replies, reply =>
        {
            reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
            Assert.NotEmpty(reply.Errors("If-Match"));
        });
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
    [InlineData("""{"keepOldUntil":""}""", "keepOldUntil")]
    [InlineData("""{"keepOldUntil":"2027-01-01"}""", "keepOldUntil")]
    [InlineData("""{"keepOldUntil":"2027-01-01T00:00:00"}""", "keepOldUntil")]
    [InlineData("""{"keepOldUntil":"2020-01-01T00:00:00Z"}""", "keepOldUntil")]
    [InlineData("null", "$")]
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

    /// <summary>Whoever sends one and does not say what it is does not mean that the old secret is to end now.</summary>
    [Fact]
    public async Task A_body_whose_type_or_length_is_not_said_is_not_taken_for_none()
    {
        var created = await CreateAsync();
        using var http = new HttpClient { BaseAddress = intake.Setup.Intake.Url, DefaultRequestHeaders = { Authorization = new("Bearer", TestKeys.Alice), TransferEncodingChunked = true } };
        using var body = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes($$"""{"keepOldUntil":"{{InAnHour:O}}"}"""));

        using var answer = await http.PostAsync($"{Path}/{created.Id}/secret/rotate", body);

        (await IntakeReply.ReadAsync(answer)).AssertProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        Assert.Equal("\"2\"", (await Alice.SendAsync(HttpMethod.Post, $"{Path}/{created.Id}/secret/rotate", "")).Headers["ETag"]);
    }

    [Fact]
    public async Task A_sixth_secret_that_would_be_valid_is_refused_and_one_that_takes_the_place_of_another_is_not()
    {
        var created = await CreateAsync();
        var path = $"{Path}/{created.Id}/secret/rotate";
        var keep = $$"""{"keepOldUntil":"{{InAnHour:O}}"}""";

        for (var secrets = 2; secrets <= 5; secrets++)
        {
            Assert.Equal(HttpStatusCode.OK, (await Alice.PostJsonAsync(path, keep)).StatusCode);
        }

        var refused = await Alice.PostJsonAsync(path, keep);

        refused.AssertProblem(HttpStatusCode.Conflict, "too-many-secrets");
        Assert.Equal(created.Id, refused.Id);
        Assert.DoesNotContain("whsec_", refused.ToString(), StringComparison.Ordinal);
        Assert.Equal("\"6\"", (await Alice.PostAsync(path)).Headers["ETag"]);
    }

    [Fact]
    public async Task Without_a_key_to_seal_with_nothing_is_made_and_who_asks_is_told_whose_business_it_is()
    {
        await using var status = await StatusServiceHost.StartAsync(intake.Setup.Backends, ("Sealing__Keys__0__Id", ""), ("Sealing__Keys__0__Key", ""));
        await using var replica = await intake.Setup.StartReplicaAsync([.. status.ClientEnvironment.Select(setting => (setting.Key, setting.Value))]);
        var client = new IntakeClient(replica.Url, TestKeys.Alice);
        var created = await CreateAsync();

        IntakeReply[] replies = [await client.PostJsonAsync(Path, Body), await client.PostAsync($"{Path}/{created.Id}/secret/rotate")];

        Assert.All(replies, reply =>
        {
            reply.AssertProblem(HttpStatusCode.NotImplemented, "endpoints-not-set-up");
            Assert.Contains("Sealing:Keys", reply.Text("title"), StringComparison.Ordinal);
        });
        Assert.Equal("\"2\"", (await client.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", """{"description":"x"}""")).Headers["ETag"]);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"{Path}/{created.Id}")).StatusCode);
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

    private async Task<IntakeReply[]> StatesAsync(IntakeClient client, string id, params (string Name, string Value)[] headers) =>
    [
        await client.SendAsync(HttpMethod.Post, $"{Path}/{id}/pause", $$"""{"until":"{{InAnHour:O}}"}""", headers: headers),
        await client.SendAsync(HttpMethod.Post, $"{Path}/{id}/resume", headers: headers),
        await client.SendAsync(HttpMethod.Post, $"{Path}/{id}/disable", headers: headers),
        await client.SendAsync(HttpMethod.Post, $"{Path}/{id}/enable", headers: headers),
    ];

    /// <summary>All that is asked about one endpoint.</summary>
    private async Task<IntakeReply[]> AllAsync(IntakeClient client, string id) =>
    [
        await client.SendAsync(HttpMethod.Patch, $"{Path}/{id}", """{"description":"x"}"""),
        await client.PostAsync($"{Path}/{id}/secret/rotate"),
        await client.PostAsync($"{Path}/{id}/test"),
        .. await StatesAsync(client, id),
        await client.DeleteAsync($"{Path}/{id}"),
    ];
}
