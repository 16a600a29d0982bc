using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Endpoints;

/// <summary>Rules out that somebody sees another's endpoints, or a secret where none was asked for.</summary>
[Collection(StatusCollection.Name)]
public sealed class EndpointQueryTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestTenant _tenant = new(fixture);

    private string Path => $"/v1/tenants/{_tenant.Name}/endpoints";

    [Fact]
    public async Task An_owner_reads_an_endpoint_without_its_secret_and_with_masked_headers()
    {
        var (endpoint, secret) = await _tenant.CreateAsync("order.*");
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);

        using var answer = await http.GetAsync($"{Path}/{endpoint.Id}");

        var text = await answer.Content.ReadAsStringAsync();
        var view = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal((HttpStatusCode.OK, "\"1\""), (answer.StatusCode, answer.Headers.ETag!.Tag));
        Assert.Equal((endpoint.Id, "alice", _tenant.Name, "ACTIVE", 1), (Text(view, "id"), Text(view, "owner"), Text(view, "tenant"), Text(view, "status"), view.GetProperty("version").GetInt32()));
        Assert.Equal((TestTenant.Url, "order.*", 15), (Text(view, "url"), view.GetProperty("types")[0].GetString(), view.GetProperty("timeoutSeconds").GetInt32()));
        Assert.Equal(("example", "***"), (Text(view.GetProperty("headers"), "X-Tenant"), Text(view.GetProperty("headers"), "Authorization")));
        AssertTellsNoSecret(text, secret);
    }

    [Fact]
    public async Task A_list_has_a_tenants_endpoints_in_the_order_of_their_creation_without_secrets_and_without_those_deleted()
    {
        var (first, secret) = await _tenant.CreateAsync("*");
        var (second, _) = await _tenant.CreateAsync("*");
        await _tenant.DeleteAsync((await _tenant.CreateAsync("*")).Endpoint);
        await new TestTenant(fixture, "bob", _tenant.Name).CreateAsync("*");

        var list = await AskAsync(TestKeys.Alice, Path);

        Assert.Equal([first.Id, second.Id], list.GetProperty("items").EnumerateArray().Select(view => Text(view, "id")));
        Assert.All(list.GetProperty("items").EnumerateArray(), view => Assert.Equal("***", Text(view.GetProperty("headers"), "Authorization")));
        AssertTellsNoSecret(list.GetRawText(), secret);
    }

    [Fact]
    public async Task A_tenant_whose_endpoints_were_all_deleted_has_an_empty_list()
    {
        await _tenant.DeleteAsync((await _tenant.CreateAsync("*")).Endpoint);

        Assert.Equal(0, (await AskAsync(TestKeys.Alice, Path)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_secret_is_told_to_who_asks_for_it_and_the_newest_only()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var rotated = await _tenant.Endpoints.RotateSecretAsync(new RotateSecretRequest(_tenant.KeyOf(endpoint), KeepOldUntil: DateTimeOffset.UtcNow.AddHours(1)), None);
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);

        using var answer = await http.GetAsync($"{Path}/{endpoint.Id}/secret");

        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(rotated.Answer!.Secret, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "secret"));
        Assert.True((await AskAsync(TestKeys.Alice, $"{Path}/{endpoint.Id}")).TryGetProperty("oldSecretUntil", out _));
    }

    [Theory]
    [InlineData(null, "", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData("wrong-key", "", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(TestKeys.Internal, "", HttpStatusCode.Forbidden, "forbidden")]
    [InlineData(TestKeys.Bob, "", HttpStatusCode.NotFound, "not-found")]
    [InlineData(TestKeys.Operator, "", HttpStatusCode.NotFound, "not-found")]
    [InlineData(TestKeys.Operator, "?owner=bob", HttpStatusCode.NotFound, "not-found")]
    [InlineData(TestKeys.Bob, "?owner=alice", HttpStatusCode.BadRequest, "validation")]
    [InlineData(TestKeys.Alice, "?ownr=alice", HttpStatusCode.BadRequest, "validation")]
    [InlineData(TestKeys.Alice, "?owner=", HttpStatusCode.BadRequest, "validation")]
    public async Task Others_are_refused_everywhere(string? key, string query, HttpStatusCode status, string problem)
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");

        foreach (var path in new[] { Path, $"{Path}/{endpoint.Id}", $"{Path}/{endpoint.Id}/secret" })
        {
            await AssertProblemAsync(key, path + query, status, problem);
        }
    }

    [Fact]
    public async Task An_operator_names_the_owner_and_an_owner_may_name_itself()
    {
        var (endpoint, secret) = await _tenant.CreateAsync("*");

        foreach (var key in new[] { TestKeys.Operator, TestKeys.Alice })
        {
            Assert.Equal(endpoint.Id, Text(await AskAsync(key, $"{Path}/{endpoint.Id}?owner=alice"), "id"));
            Assert.Equal(secret, Text(await AskAsync(key, $"{Path}/{endpoint.Id}/secret?owner=alice"), "secret"));
            Assert.Equal(1, (await AskAsync(key, $"{Path}?owner=alice")).GetProperty("items").GetArrayLength());
        }
    }

    [Fact]
    public async Task What_there_is_not_is_not_found()
    {
        var (deleted, _) = await _tenant.CreateAsync("*");
        await _tenant.DeleteAsync(deleted);
        var elsewhere = (await new TestTenant(fixture).CreateAsync("*")).Endpoint;
        var unknown = new TestTenant(fixture);

        string[] paths =
        [
            $"{Path}/{deleted.Id}",
            $"{Path}/{deleted.Id}/secret",
            $"{Path}/{elsewhere.Id}",
            $"{Path}/{elsewhere.Id}/secret",
            $"{Path}/{EndpointId.New(DateTimeOffset.UtcNow)}",
            $"{Path}/not-an-id",
            $"/v1/tenants/{unknown.Name}/endpoints",
            $"/v1/tenants/{unknown.Name}/endpoints/{deleted.Id}",
            $"/v1/tenants/two%20words/endpoints",
            $"/v1/tenants/{new string('a', 2000)}/endpoints",
            $"/v1/tenants/{new string('a', 2000)}/endpoints/{deleted.Id}",
        ];

        foreach (var path in paths)
        {
            await AssertProblemAsync(TestKeys.Alice, path, HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task An_owner_whose_name_no_key_has_room_for_is_refused()
    {
        foreach (var path in new[] { "/v1/tenants", Path, $"{Path}/{EndpointId.New(DateTimeOffset.UtcNow)}" })
        {
            await AssertProblemAsync(TestKeys.Operator, $"{path}?owner={new string('a', 2000)}", HttpStatusCode.BadRequest, "validation");
        }
    }

    [Fact]
    public async Task Tenants_are_listed_by_name_page_by_page_and_each_owner_sees_its_own()
    {
        // An owner's whose name begins as Alice's does, and whose tenants' keys do.
        var prefix = $"t{Guid.NewGuid():N}";
        string[] names = ["a", "b", "c"];

        foreach (var name in names)
        {
            var tenant = new TestTenant(fixture, name: $"{prefix}-{name}");
            await tenant.CreateAsync("*");
            await tenant.CreateAsync("*");
        }

        await new TestTenant(fixture, "bob", $"{prefix}-bobs").CreateAsync("*");
        var seen = new List<string>();
        var page = await AskAsync(TestKeys.Alice, $"/v1/tenants?limit=2&after={prefix}");

        for (; ; page = await AskAsync(TestKeys.Alice, $"/v1/tenants?limit=2&after={Text(page, "next")}"))
        {
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetString()!));

            if (!page.TryGetProperty("next", out _))
            {
                break;
            }
        }

        Assert.Equal(names.Select(name => $"{prefix}-{name}"), seen.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
        Assert.Contains($"{prefix}-bobs", (await AskAsync(TestKeys.Operator, $"/v1/tenants?owner=bob&limit=200")).GetRawText(), StringComparison.Ordinal);
        Assert.Empty((await AskAsync(TestKeys.Operator, "/v1/tenants?owner=nobody")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData(TestKeys.Alice, "owner=bob")]
    [InlineData(TestKeys.Alice, "limit=0")]
    [InlineData(TestKeys.Alice, "limit=201")]
    [InlineData(TestKeys.Alice, "after=two%20words")]
    [InlineData(TestKeys.Alice, "tenant=a")]
    public async Task A_question_for_tenants_that_is_wrong_is_refused(string key, string query) =>
        await AssertProblemAsync(key, $"/v1/tenants?{query}", HttpStatusCode.BadRequest, "validation");

    [Fact]
    public async Task Counts_of_the_last_day_are_of_this_endpoint()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var (other, _) = await _tenant.CreateAsync("user.*");
        var records = new[] { (await _tenant.PostAsync())[0], (await _tenant.PostAsync())[0], (await _tenant.PostAsync())[0] };
        await FailAsync(records[0]);
        await FailAsync((await _tenant.PostAsync("user.created")).Single(record => record.Event!.EndpointId == other.Id));

        var counts = (await AskAsync(TestKeys.Alice, $"{Path}/{endpoint.Id}")).GetProperty("lastDay");

        Assert.Equal((4, 1, true), (counts.GetProperty("accepted").GetInt32(), counts.GetProperty("failed").GetInt32(), counts.GetProperty("complete").GetBoolean()));
    }

    [Theory]
    [InlineData(TestKeys.Operator, "?owner=alice", "the key operator of operations")]
    [InlineData(TestKeys.Alice, "", "the key alice of alice")]
    public async Task Who_reads_a_secret_is_on_record_and_the_secret_is_not(string key, string query, string who)
    {
        await using var status = await StatusServiceHost.StartAsync(fixture.Backends);
        var (endpoint, secret) = await _tenant.CreateAsync("*");
        using var http = status.CreatePublicClient(key);

        Assert.Equal(secret, Text(await http.AskAsync($"{Path}/{endpoint.Id}/secret{query}"), "secret"));

        var printed = await Eventually.BecomesAsync(() => Task.FromResult(status.Process.Printed), text => text.Contains(endpoint.Id, StringComparison.Ordinal));
        Assert.Contains($"tenant {_tenant.Name} of alice, was read with {who}.", printed, StringComparison.Ordinal);
        AssertTellsNoSecret(printed, secret);
    }

    [Fact]
    public async Task Without_the_key_that_sealed_it_the_secret_is_not_told()
    {
        await using var status = await StatusServiceHost.StartAsync(fixture.Backends, ("Sealing__Keys__0__Id", "another"), ("Sealing__Keys__0__Key", Convert.ToBase64String(new byte[32])));
        var (endpoint, secret) = await _tenant.CreateAsync("*");
        using var http = status.CreatePublicClient(TestKeys.Alice);

        using var answer = await http.GetAsync($"{Path}/{endpoint.Id}/secret");

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("urn:waybill:problem:secret-sealed", text, StringComparison.Ordinal);
        Assert.Contains("'test'", text, StringComparison.Ordinal);
        AssertTellsNoSecret(text, secret);
        Assert.Equal(endpoint.Id, Text(await http.AskAsync($"{Path}/{endpoint.Id}"), "id"));
    }

    [Fact]
    public async Task Where_no_key_is_set_no_secret_is_told_and_all_else_is()
    {
        await using var status = await StatusServiceHost.StartInProcessAsync(fixture.Backends, ("Sealing__Keys__0__Id", ""), ("Sealing__Keys__0__Key", ""));
        var (endpoint, secret) = await _tenant.CreateAsync("*");
        using var http = status.CreatePublicClient(TestKeys.Alice);

        using var answer = await http.GetAsync($"{Path}/{endpoint.Id}/secret");

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        Assert.Contains("urn:waybill:problem:endpoints-not-set-up", text, StringComparison.Ordinal);
        AssertTellsNoSecret(text, secret);
        Assert.Equal(endpoint.Id, Text(await http.AskAsync($"{Path}/{endpoint.Id}"), "id"));
    }

    private async Task FailAsync(NotificationRecord record)
    {
        var (claim, _) = await fixture.Status.Client.ClaimAsync(record.Id, new ClaimRequest("worker", Target: EventTarget.Of(record)), None);
        Assert.True((await fixture.Status.Client.ResultAsync(record.Id, new ResultRequest(claim!.Record.Lease!.Token, 0, Results.ClientError(), null, claim.Request.Url), None)).Applied);
    }

    private async Task<JsonElement> AskAsync(string key, string path)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        return await http.AskAsync(path);
    }

    private async Task AssertProblemAsync(string? key, string path, HttpStatusCode status, string problem)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        using var answer = await http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.True(answer.StatusCode == status, $"{path}: {(int)answer.StatusCode} {text}");
        Assert.Equal($"urn:waybill:problem:{problem}", Text(JsonSerializer.Deserialize<JsonElement>(text), "type"));
    }

    private static void AssertTellsNoSecret(string text, string secret)
    {
        Assert.DoesNotContain(secret[6..], text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-value", text, StringComparison.Ordinal);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
