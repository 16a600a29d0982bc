using System.Globalization;
using System.Net;
using System.Text.Json;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Redeliveries;

/// <summary>Rules out that an owner's bulk redelivery sends what is another endpoint's, tenant's or owner's, or that anybody else sees the job or stops it.</summary>
[Collection(IntakeCollection.Name)]
public sealed class TenantJobTests(IntakeFixture intake)
{
    private readonly string _tenant = $"t{Guid.NewGuid():N}";
    private readonly JobClient _jobs = new(intake.Setup);

    private IntakeClient Alice => intake.Alice;

    private IntakeClient Bob => intake.Setup.ClientWith(TestKeys.Bob);

    private IntakeClient Operator => intake.Setup.ClientWith(TestKeys.Operator);

    private string Tenant => $"/v1/tenants/{_tenant}";

    private static string Window => Json(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_owner_has_what_failed_for_an_endpoint_or_a_tenant_sent_again_and_nothing_else(bool ofTheTenant)
    {
        var (one, other) = (await CreateAsync(Alice, _tenant), await CreateAsync(Alice, _tenant));
        await CreateAsync(Alice, $"{_tenant}-2");
        await CreateAsync(Bob, _tenant);
        var failed = new[] { await FailAsync(Alice, _tenant), await FailAsync(Alice, _tenant) }.SelectMany(ids => ids).ToArray();
        string[] others = [.. await FailAsync(Alice, $"{_tenant}-2"), .. await FailAsync(Bob, _tenant)];

        var reply = await Alice.PostJsonAsync(ofTheTenant ? $"{Tenant}/redeliver" : $"{Tenant}/endpoints/{one}/redeliver", Window);

        Assert.Equal((HttpStatusCode.Accepted, "alice", $"/v1/redeliveries/{reply.Id}"), (reply.StatusCode, reply.Text("createdBy"), reply.Headers["Location"]));
        var job = await BecomesAsync(Alice, reply.Id, "COMPLETED");
        var records = await _jobs.RecordsAsync(failed);
        Assert.Equal((ofTheTenant ? 4 : 2, 0), (JobClient.Count(job, "redelivered"), JobClient.Count(job, "skipped")));
        Assert.All(records, record => Assert.Equal(ofTheTenant || record.Event!.EndpointId == one ? (1, reply.Id) : (0, null), (record.Epoch, record.RedeliveryJob)));
        Assert.Equal(2, records.Count(record => record.Event!.EndpointId == other));
        Assert.All(await _jobs.RecordsAsync(others), record => Assert.Equal(0, record.Epoch));
    }

    [Fact]
    public async Task A_job_is_seen_and_stopped_by_its_owner_and_operators_alone()
    {
        var endpoint = await CreateAsync(Alice, _tenant);
        var job = (await Alice.PostJsonAsync($"{Tenant}/endpoints/{endpoint}/redeliver", Window)).Id;

        (await Bob.GetAsync($"/v1/redeliveries/{job}")).AssertProblem(HttpStatusCode.NotFound, "not-found");
        (await Bob.DeleteAsync($"/v1/redeliveries/{job}")).AssertProblem(HttpStatusCode.NotFound, "not-found");
        (await Alice.GetAsync("/v1/redeliveries")).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(job, (await Operator.GetAsync($"/v1/redeliveries/{job}")).Id);

        await BecomesAsync(Alice, job, "COMPLETED");
        (await Alice.DeleteAsync($"/v1/redeliveries/{job}")).AssertProblem(HttpStatusCode.Conflict, "conflict");
    }

    /// <summary>An operator's job over all is nobody's own, though it may redeliver what is.</summary>
    [Fact]
    public async Task An_operators_job_over_all_owners_is_not_found_by_a_client()
    {
        var job = await _jobs.StartAsync();

        (await Alice.GetAsync($"/v1/redeliveries/{job}")).AssertProblem(HttpStatusCode.NotFound, "not-found");
        (await Alice.DeleteAsync($"/v1/redeliveries/{job}")).AssertProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_operator_names_the_owner_and_a_client_itself_only()
    {
        var endpoint = await CreateAsync(Alice, _tenant);

        foreach (var path in new[] { $"{Tenant}/redeliver", $"{Tenant}/endpoints/{endpoint}/redeliver" })
        {
            var job = await Operator.PostJsonAsync($"{path}?owner=alice", Window);
            Assert.Equal((HttpStatusCode.Accepted, "operations"), (job.StatusCode, job.Text("createdBy")));
            Assert.Equal(HttpStatusCode.OK, (await Alice.GetAsync($"/v1/redeliveries/{job.Id}")).StatusCode);
            Assert.NotEmpty((await Bob.PostJsonAsync($"{path}?owner=alice", Window)).Errors("owner"));
        }
    }

    [Fact]
    public async Task An_endpoint_that_there_is_not_is_not_found_and_anothers_neither()
    {
        var alices = await CreateAsync(Alice, _tenant);
        var deleted = await CreateAsync(Alice, _tenant);
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync($"{Tenant}/endpoints/{deleted}")).StatusCode);

        foreach (var (client, id) in new[] { (Bob, alices), (Alice, deleted), (Alice, EndpointId.New(DateTimeOffset.UtcNow)), (Alice, "not-an-id") })
        {
            (await client.PostJsonAsync($"{Tenant}/endpoints/{id}/redeliver", Window)).AssertProblem(HttpStatusCode.NotFound, "not-found");
        }

        (await Alice.PostJsonAsync($"{Tenant}-2/endpoints/{alices}/redeliver", Window)).AssertProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_tenant_that_nobody_knows_has_nothing_to_redeliver()
    {
        var reply = await Alice.PostJsonAsync($"{Tenant}/redeliver", Window);

        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        Assert.Equal(0, JobClient.Count(await BecomesAsync(Alice, reply.Id, "COMPLETED"), "matched"));
    }

    [Theory]
    [InlineData("{}", "from")]
    [InlineData("{}", "to")]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","to":"tomorrow"}""", "to")]
    [InlineData("""{"from":7,"to":"2026-01-01T00:00:00Z"}""", "from")]
    [InlineData("""{"from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z"}""", "from")]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","to":"2999-01-01T00:00:00Z"}""", "to")]
    [InlineData("""{"from":"2020-01-01T00:00:00","to":"2026-01-01T00:00:00Z"}""", "from")]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","status":"FAILED"}""", "status")]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","host":"example.com"}""", "host")]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","ratePerSecond":0}""", "ratePerSecond")]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","ratePerSecond":1001}""", "ratePerSecond")]
    [InlineData("[]", "$")]
    public async Task A_window_that_is_wrong_is_named(string json, string field)
    {
        var endpoint = await CreateAsync(Alice, _tenant);

        foreach (var path in new[] { $"{Tenant}/redeliver", $"{Tenant}/endpoints/{endpoint}/redeliver" })
        {
            var reply = await Alice.PostJsonAsync(path, json);

            reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
            Assert.True(reply.Json.GetProperty("errors").TryGetProperty(field, out _), reply.ToString());
        }
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(TestKeys.Internal, HttpStatusCode.Forbidden, "forbidden")]
    public async Task Only_a_clients_key_may_ask_for_one(string? key, HttpStatusCode status, string problem)
    {
        var client = intake.Setup.ClientWith(key);
        var endpoint = await CreateAsync(Alice, _tenant);

        (await client.PostJsonAsync($"{Tenant}/redeliver", Window)).AssertProblem(status, problem);
        (await client.PostJsonAsync($"{Tenant}/endpoints/{endpoint}/redeliver", Window)).AssertProblem(status, problem);
    }

    [Fact]
    public async Task A_body_that_is_no_json_or_too_long_or_of_a_tenant_that_cannot_be_is_refused()
    {
        (await Alice.PostJsonAsync($"{Tenant}/redeliver", "{")).AssertProblem(HttpStatusCode.BadRequest, "malformed-json");
        (await Alice.PostAsync($"{Tenant}/redeliver")).AssertProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await Alice.PostJsonAsync($"{Tenant}/redeliver", new string(' ', 17 * 1024))).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        Assert.NotEmpty((await Alice.PostJsonAsync("/v1/tenants/two%20words/redeliver", Window)).Errors("tenant"));
    }

    private static Task<IntakeReply> BecomesAsync(IntakeClient client, string job, string status) =>
        Eventually.BecomesAsync(() => client.GetAsync($"/v1/redeliveries/{job}"), reply => reply.StatusCode == HttpStatusCode.OK && reply.Status == status);

    private static async Task<string> CreateAsync(IntakeClient client, string tenant) =>
        (await client.PostJsonAsync($"/v1/tenants/{tenant}/endpoints", """{"url":"https://example.com/hook","types":["order.*"]}""")).Id;

    /// <summary>An event that fails for good at each of the tenant's endpoints.</summary>
    /// <returns>Its notifications.</returns>
    private async Task<string[]> FailAsync(IntakeClient client, string tenant)
    {
        var reply = await client.PostJsonAsync("/v1/events", $$"""{"type":"order.paid","tenant":"{{tenant}}"}""");
        var ids = reply.Json.GetProperty("notifications").EnumerateArray().Select(one => one.GetProperty("id").GetString()!).ToArray();

        await Task.WhenAll(ids.Select(_jobs.FailAgainAsync));
        return ids;
    }

    private static string Json(DateTimeOffset from, DateTimeOffset to) =>
        JsonSerializer.Serialize(new { from = from.ToString("O", CultureInfo.InvariantCulture), to = to.ToString("O", CultureInfo.InvariantCulture) });
}
