using System.Net;
using System.Text.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Page;

/// <summary>Rules out that the page's buttons for endpoints take what the API would refuse, act for others, lose somebody's change, or show a secret unasked.</summary>
[Collection(StatusCollection.Name)]
public sealed class EndpointActionTests(StatusFixture fixture) : IAsyncLifetime
{
    private const string Valid = """{ "url": "https://example.com/hooks", "types": ["order.*"] }""";

    private readonly string _tenant = $"t{Guid.NewGuid():N}";
    private StatusServiceHost _status = null!;
    private PageClient _alice = null!;

    private string Endpoints => $"/page/tenants/{_tenant}/endpoints";

    public async Task InitializeAsync()
    {
        var key = Convert.ToBase64String(new byte[32]);
        _status = await StatusServiceHost.StartInProcessAsync(fixture.Backends, ("Sealing__Keys__0__Id", "page"), ("Sealing__Keys__0__Key", key));
        _alice = await PageClient.SignInAsync(_status.PublicUrl, TestKeys.Alice);
    }

    public async Task DisposeAsync()
    {
        _alice.Dispose();
        await _status.DisposeAsync();
    }

    [Fact]
    public async Task An_endpoint_is_created_changed_and_deleted_and_no_answer_has_its_secret()
    {
        var created = await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid);
        var path = $"{Endpoints}/{created.Id}";
        var changed = await _alice.SendAsync(HttpMethod.Patch, path, """{ "url": "https://example.com/repaired" }""", version: 1);
        var rotated = await _alice.SendAsync(HttpMethod.Post, $"{path}/secret/rotate", "{}");
        var secret = await _alice.GetAsync($"/v1/tenants/{_tenant}/endpoints/{created.Id}/secret");
        var deleted = await _alice.SendAsync(HttpMethod.Delete, path, body: null);

        Assert.Equal(("alice", _tenant), (Text(created, "owner"), Text(created, "tenant")));
        Assert.Equal("https://example.com/repaired", Text(changed, "url"));
        Assert.Equal(3, rotated.Json.GetProperty("version").GetInt32());
        Assert.All([created, changed, rotated], reply => Assert.DoesNotContain("whsec_", reply.Text, StringComparison.Ordinal));
        Assert.StartsWith("whsec_", Text(secret, "secret"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _alice.SendAsync(HttpMethod.Delete, path, body: null)).Status);
    }

    [Theory]
    [InlineData("""{ "types": ["order.*"] }""", "url")]
    [InlineData("""{ "url": "http://169.254.169.254/", "types": ["*"] }""", "url")]
    [InlineData("""{ "url": "https://example.com/", "types": ["order..paid"] }""", "types[0]")]
    [InlineData("""{ "url": "https://example.com/", "types": ["*"], "headers": { "Host": "a" } }""", "headers.Host")]
    [InlineData("""{ "url": "https://example.com/", "types": ["*"], "retrySchedule": [-1] }""", "retrySchedule[0]")]
    [InlineData("""{ "url": "https://example.com/", "types": ["*"], "timeoutSeconds": 31 }""", "timeoutSeconds")]
    [InlineData("""{ "url": "https://example.com/", "types": ["*"], "paused": 1 }""", "paused")]
    [InlineData("""{ "url": "https://example.com:25/", "types": ["*"] }""", "url")]
    [InlineData("""{ "url": "https://example.com/", "types": [] }""", "types")]
    [InlineData("""{ "url": "https://example.com/", "types": null }""", "types")]
    [InlineData("""{ "url": "https://example.com/", "types": ["*"], "secret": "whsec_AAAA" }""", "secret")]
    [InlineData("{", "$")]
    [InlineData("[]", "$")]
    [InlineData("null", "$")]
    public async Task What_the_API_would_refuse_is_refused_by_the_name_of_its_field(string body, string field)
    {
        var reply = await _alice.SendAsync(HttpMethod.Post, Endpoints, body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.True(reply.Json.GetProperty("errors").TryGetProperty(field, out _), reply.Text);
    }

    /// <summary>All that the worker has to stand, but for names: what those lead to is only known when they are called.</summary>
    [Fact]
    public async Task No_hostile_target_that_needs_no_name_server_gets_past_the_form()
    {
        var path = $"{Endpoints}/{(await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id}";
        var wrong = new List<string>();

        foreach (var url in HostileTargets.WithoutNames)
        {
            foreach (var reply in new[]
            {
                await _alice.SendAsync(HttpMethod.Post, Endpoints, JsonSerializer.Serialize(new { url, types = new[] { "*" } })),
                await _alice.SendAsync(HttpMethod.Patch, path, JsonSerializer.Serialize(new { url })),
            })
            {
                if (reply.Status != HttpStatusCode.BadRequest || !reply.Json.GetProperty("errors").TryGetProperty("url", out _))
                {
                    wrong.Add($"{url}: {reply.Text}");
                }
            }
        }

        Assert.NotEmpty(HostileTargets.WithoutNames);
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("{}", "$")]
    [InlineData("[]", "$")]
    [InlineData("""{ "url": null }""", "url")]
    [InlineData("""{ "types": [] }""", "types")]
    [InlineData("""{ "status": "DELETED" }""", "status")]
    [InlineData("""{ "\ud800": 1 }""", "$")]
    public async Task A_change_that_the_API_would_refuse_is_refused(string body, string field)
    {
        var path = $"{Endpoints}/{(await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id}";

        var reply = await _alice.SendAsync(HttpMethod.Patch, path, body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.True(reply.Json.GetProperty("errors").TryGetProperty(field, out _), reply.Text);
    }

    [Fact]
    public async Task A_sixth_secret_that_would_be_valid_is_refused()
    {
        var path = $"{Endpoints}/{(await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id}/secret/rotate";
        var keep = $$"""{ "keepOldUntil": "{{DateTimeOffset.UtcNow.AddDays(1):O}}" }""";

        for (var secrets = 2; secrets <= 5; secrets++)
        {
            Assert.Equal(HttpStatusCode.OK, (await _alice.SendAsync(HttpMethod.Post, path, keep)).Status);
        }

        var refused = await _alice.SendAsync(HttpMethod.Post, path, keep);

        Assert.Equal((HttpStatusCode.Conflict, "urn:waybill:problem:too-many-secrets"), (refused.Status, Text(refused, "type")));
    }

    [Fact]
    public async Task Without_a_key_to_seal_with_the_page_makes_and_shows_no_secret()
    {
        var path = $"{Endpoints}/{(await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id}";
        await using var status = await StatusServiceHost.StartInProcessAsync(fixture.Backends, ("Sealing__Keys__0__Id", ""), ("Sealing__Keys__0__Key", ""));
        using var alice = await PageClient.SignInAsync(status.PublicUrl, TestKeys.Alice);

        PageReply[] replies =
        [
            await alice.SendAsync(HttpMethod.Post, Endpoints, Valid),
            await alice.SendAsync(HttpMethod.Post, $"{path}/secret/rotate", "{}"),
            await alice.GetAsync($"/v1{path["/page".Length..]}/secret"),
        ];

        Assert.All(replies, reply => Assert.Equal((HttpStatusCode.NotImplemented, "urn:waybill:problem:endpoints-not-set-up"), (reply.Status, Text(reply, "type"))));
    }

    [Fact]
    public async Task A_change_that_was_decided_on_an_older_version_is_refused()
    {
        var path = $"{Endpoints}/{(await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id}";
        await _alice.SendAsync(HttpMethod.Patch, path, """{ "types": ["*"] }""", version: 1);

        var late = await _alice.SendAsync(HttpMethod.Patch, path, """{ "types": ["user.*"] }""", version: 1);

        Assert.Equal((HttpStatusCode.PreconditionFailed, "urn:waybill:problem:version-conflict"), (late.Status, Text(late, "type")));
    }

    [Fact]
    public async Task A_rotation_until_a_time_that_has_passed_is_refused()
    {
        var path = $"{Endpoints}/{(await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id}/secret/rotate";

        Assert.Equal(HttpStatusCode.BadRequest, (await _alice.SendAsync(HttpMethod.Post, path, """{ "keepOldUntil": "2020-01-01T00:00:00Z" }""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _alice.SendAsync(HttpMethod.Post, path, $$"""{ "keepOldUntil": "{{DateTimeOffset.UtcNow.AddDays(1):O}}" }""")).Status);
    }

    [Fact]
    public async Task An_endpoint_is_paused_resumed_disabled_and_enabled()
    {
        var path = $"{Endpoints}/{(await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id}";

        var paused = await _alice.SendAsync(HttpMethod.Post, $"{path}/pause", Until(DateTimeOffset.UtcNow.AddHours(1)));
        var resumed = await _alice.SendAsync(HttpMethod.Post, $"{path}/resume", body: null);
        var disabled = await _alice.SendAsync(HttpMethod.Post, $"{path}/disable", body: null);
        var enabled = await _alice.SendAsync(HttpMethod.Post, $"{path}/enable", body: null);

        Assert.Equal(["PAUSED", "ACTIVE", "DISABLED", "ACTIVE"], new[] { paused, resumed, disabled, enabled }.Select(reply => Text(reply, "status")));
        Assert.Equal("BY_OWNER", Text(disabled, "reason"));
        Assert.True(paused.Json.TryGetProperty("pausedUntil", out _));
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("enable")]
    public async Task What_does_not_fit_the_state_is_a_conflict_that_says_what_it_is(string asked)
    {
        var path = $"{Endpoints}/{(await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id}";

        var reply = await _alice.SendAsync(HttpMethod.Post, $"{path}/{asked}", body: null);

        Assert.Equal((HttpStatusCode.Conflict, "urn:waybill:problem:conflict", "ACTIVE"), (reply.Status, Text(reply, "type"), Text(reply, "endpointStatus")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "until": "2020-01-01T00:00:00Z" }""")]
    [InlineData("""{ "until": "2099-01-01T00:00:00Z" }""")]
    public async Task A_pause_without_an_end_that_is_allowed_is_refused(string body)
    {
        var path = $"{Endpoints}/{(await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id}/pause";

        var reply = await _alice.SendAsync(HttpMethod.Post, path, body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.True(reply.Json.GetProperty("errors").TryGetProperty("until", out _), reply.Text);
    }

    [Fact]
    public async Task What_failed_for_an_endpoint_since_a_time_becomes_a_job_for_it_alone()
    {
        var id = (await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id;
        using var @operator = await PageClient.SignInAsync(_status.PublicUrl, TestKeys.Operator);

        var begun = await _alice.SendAsync(HttpMethod.Post, $"{Endpoints}/{id}/redeliver", """{ "from": "2026-01-01T00:00:00Z" }""");
        var late = await _alice.SendAsync(HttpMethod.Post, $"{Endpoints}/{id}/redeliver", """{ "from": "2099-01-01T00:00:00Z" }""");
        var job = await @operator.GetAsync($"/page/redeliveries/{begun.Id}");

        Assert.Equal(HttpStatusCode.OK, job.Status);
        Assert.StartsWith("2026-01-01T00:00:00", Text(new PageReply(job.Status, job.Text, job.Json.GetProperty("filter")), "from"), StringComparison.Ordinal);
        Assert.True(late.Json.GetProperty("errors").TryGetProperty("from", out _), late.Text);
    }

    [Fact]
    public async Task A_test_is_an_event_for_that_endpoint_alone_and_due_at_once()
    {
        var tested = await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid);
        await _alice.SendAsync(HttpMethod.Post, Endpoints, """{ "url": "https://example.com/other", "types": ["*"] }""");

        var sent = await _alice.SendAsync(HttpMethod.Post, $"{Endpoints}/{tested.Id}/test", "{}");
        var record = (await _status.Client.GetAsync(NotificationId.OfEvent(sent.Id, tested.Id), CancellationToken.None))!;
        var happened = await _alice.GetAsync($"/v1/events/{sent.Id}");

        Assert.Equal(("waybill.test", NotificationStatus.Pending), (Text(sent, "type"), record.Status));
        Assert.Equal(1, happened.Json.GetProperty("matched").GetInt32());
        Assert.Contains(await _status.Client.DueAsync(Shards.Due(record.Id), 1000, CancellationToken.None), due => due.Id == record.Id);
    }

    [Fact]
    public async Task Anothers_endpoint_is_not_found_and_nobody_but_an_operator_names_another_owner()
    {
        var id = (await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id;
        using var bob = await PageClient.SignInAsync(_status.PublicUrl, TestKeys.Bob);
        using var @operator = await PageClient.SignInAsync(_status.PublicUrl, TestKeys.Operator);

        foreach (var (method, path, body) in Actions(id))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await bob.SendAsync(method, path, body)).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await bob.SendAsync(method, $"{path}?owner=alice", body)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await @operator.SendAsync(HttpMethod.Patch, $"{Endpoints}/{id}?owner=alice", """{ "types": ["*"] }""")).Status);
    }

    [Fact]
    public async Task A_request_that_does_not_come_from_the_page_changes_nothing()
    {
        var id = (await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid)).Id;

        foreach (var (method, path, body) in Actions(id))
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await _alice.SendAsync(method, path, body, fromThePage: false)).Status);
        }

        Assert.Equal(1, (await _alice.GetAsync($"/v1/tenants/{_tenant}/endpoints/{id}")).Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_client_is_shown_its_own_tenants_and_an_operator_those_of_all_owners()
    {
        await _alice.SendAsync(HttpMethod.Post, Endpoints, Valid);
        using var bob = await PageClient.SignInAsync(_status.PublicUrl, TestKeys.Bob);
        using var @operator = await PageClient.SignInAsync(_status.PublicUrl, TestKeys.Operator);

        Assert.Contains(("alice", _tenant), await TenantsAsync(_alice, ""));
        Assert.DoesNotContain(("alice", _tenant), await TenantsAsync(bob, ""));
        Assert.Equal(HttpStatusCode.BadRequest, (await bob.GetAsync("/page/tenants?owner=alice")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await bob.GetAsync("/page/tenants?afterOwner=alice&afterTenant=a")).Status);
        Assert.Contains(("alice", _tenant), await TenantsAsync(@operator, ""));
        Assert.DoesNotContain(("alice", _tenant), await TenantsAsync(@operator, "?owner=bob"));
    }

    private (HttpMethod Method, string Path, string Body)[] Actions(string id) =>
    [
        (HttpMethod.Patch, $"{Endpoints}/{id}", """{ "types": ["*"] }"""),
        (HttpMethod.Delete, $"{Endpoints}/{id}", "{}"),
        (HttpMethod.Post, $"{Endpoints}/{id}/secret/rotate", "{}"),
        (HttpMethod.Post, $"{Endpoints}/{id}/test", "{}"),
        (HttpMethod.Post, $"{Endpoints}/{id}/pause", Until(DateTimeOffset.UtcNow.AddHours(1))),
        (HttpMethod.Post, $"{Endpoints}/{id}/resume", "{}"),
        (HttpMethod.Post, $"{Endpoints}/{id}/disable", "{}"),
        (HttpMethod.Post, $"{Endpoints}/{id}/enable", "{}"),
        (HttpMethod.Post, $"{Endpoints}/{id}/redeliver", """{ "from": "2026-01-01T00:00:00Z" }"""),
    ];

    private static string Until(DateTimeOffset time) => $$"""{ "until": "{{time:O}}" }""";

    /// <summary>Of all pages.</summary>
    private static async Task<List<(string Owner, string Tenant)>> TenantsAsync(PageClient client, string query)
    {
        var tenants = new List<(string Owner, string Tenant)>();
        var page = query;

        while (page is not null)
        {
            var json = (await client.GetAsync($"/page/tenants{page}")).Json;
            tenants.AddRange(json.GetProperty("items").EnumerateArray().Select(Read));
            page = json.TryGetProperty("next", out var next) ? $"{(query.Length == 0 ? "?" : query + "&")}afterOwner={Read(next).Owner}&afterTenant={Read(next).Tenant}" : null;
        }

        return tenants;

        static (string Owner, string Tenant) Read(JsonElement one) => (one.GetProperty("owner").GetString()!, one.GetProperty("tenant").GetString()!);
    }

    private static string Text(PageReply reply, string name) => reply.Json.TryGetProperty(name, out JsonElement value) ? value.GetString()! : reply.Text;
}
