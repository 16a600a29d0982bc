using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Endpoints;

/// <summary>Rules out that an endpoint that is not well is found by chance only, that one that is well is among them, and that somebody sees another's.</summary>
[Collection(StatusCollection.Name)]
public sealed class UnwellEndpointTests(StatusFixture fixture)
{
    private const string Path = "/v1/endpoints/unwell";

    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    private readonly string _owner = $"o{Guid.NewGuid():N}"[..20];

    [Fact]
    public async Task Those_that_are_failing_paused_and_disabled_are_found_over_all_tenants_with_what_is_known_and_those_that_are_well_are_not()
    {
        var (one, other) = (new TestTenant(fixture, _owner), new TestTenant(fixture, _owner));
        var (well, _) = await one.CreateAsync("*");
        var paused = await PausedAsync(one);
        var disabled = (await other.Endpoints.DisableAsync(new EndpointStateRequest(other.KeyOf((await other.CreateAsync("*")).Endpoint)), None)).Endpoint!;
        var failing = await FailingAsync(other);

        var list = await AskAsync(TestKeys.Operator, $"{Path}?owner={_owner}");

        var views = list.GetProperty("items").EnumerateArray().ToDictionary(view => Text(view, "id"));
        Assert.True(list.GetProperty("complete").GetBoolean());
        Assert.Equal(new[] { paused.Id, disabled.Id, failing }.Order(), views.Keys.Order());
        Assert.DoesNotContain(well.Id, views.Keys);
        Assert.Equal(("PAUSED", one.Name, paused.PausedUntil), (Text(views[paused.Id], "status"), Text(views[paused.Id], "tenant"), views[paused.Id].GetProperty("pausedUntil").GetDateTimeOffset()));
        Assert.Equal(("DISABLED", "BY_OWNER"), (Text(views[disabled.Id], "status"), Text(views[disabled.Id], "reason")));
        Assert.Equal(("ACTIVE", Now.AddHours(-2), Now.AddHours(-3)), (Text(views[failing], "status"), views[failing].GetProperty("failingSince").GetDateTimeOffset(), views[failing].GetProperty("lastSuccessAt").GetDateTimeOffset()));
        Assert.Equal(("ntf_1", 503), (Text(views[failing].GetProperty("trouble"), "notificationId"), views[failing].GetProperty("trouble").GetProperty("statusCode").GetInt32()));
        Assert.DoesNotContain("whsec_", list.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-value", list.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_well_again_or_deleted_or_whose_pause_is_over_is_none_of_them()
    {
        var tenant = new TestTenant(fixture, _owner);
        await tenant.Endpoints.ResumeAsync(new EndpointStateRequest(tenant.KeyOf(await PausedAsync(tenant))), None);
        await tenant.DeleteAsync(await PausedAsync(tenant));
        Assert.True((await tenant.Endpoints.CreateAsync(tenant.Creation("*") with { PausedUntil = Now.AddSeconds(-1) }, None)).Applied);

        Assert.Equal(0, (await AskAsync(TestKeys.Operator, $"{Path}?owner={_owner}")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_limit_that_leaves_some_out_is_told()
    {
        var tenant = new TestTenant(fixture, _owner);
        await PausedAsync(tenant);
        await PausedAsync(tenant);
        await PausedAsync(tenant);

        var two = await AskAsync(TestKeys.Operator, $"{Path}?owner={_owner}&limit=2");
        var three = await AskAsync(TestKeys.Operator, $"{Path}?owner={_owner}&limit=3");

        Assert.Equal((2, false), (two.GetProperty("items").GetArrayLength(), two.GetProperty("complete").GetBoolean()));
        Assert.Equal((3, true), (three.GetProperty("items").GetArrayLength(), three.GetProperty("complete").GetBoolean()));
    }

    /// <summary>Owners of which one begins with the other, and so their partitions, too.</summary>
    [Fact]
    public async Task A_client_sees_its_own_and_an_operator_those_of_all()
    {
        var (alices, bobs, others) = (new TestTenant(fixture), new TestTenant(fixture, "bob"), new TestTenant(fixture, "alice-2"));
        var ids = new[] { (await PausedAsync(alices)).Id, (await PausedAsync(bobs)).Id, (await PausedAsync(others)).Id };

        async Task<string[]> SeenAsync(string key, string query = "") =>
            [.. (await AskAsync(key, $"{Path}?limit=200{query}")).GetProperty("items").EnumerateArray().Select(view => Text(view, "id")).Where(ids.Contains)];

        Assert.Equal([ids[0]], await SeenAsync(TestKeys.Alice));
        Assert.Equal([ids[0]], await SeenAsync(TestKeys.Alice, "&owner=alice"));
        Assert.Equal([ids[1]], await SeenAsync(TestKeys.Operator, "&owner=bob"));
        Assert.Equal(ids.Order(), (await SeenAsync(TestKeys.Operator)).Order());
    }

    [Theory]
    [InlineData(null, "", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(TestKeys.Internal, "", HttpStatusCode.Forbidden, "forbidden")]
    [InlineData(TestKeys.Bob, "?owner=alice", HttpStatusCode.BadRequest, "validation")]
    [InlineData(TestKeys.Operator, "?owner=", HttpStatusCode.BadRequest, "validation")]
    [InlineData(TestKeys.Alice, "?limit=0", HttpStatusCode.BadRequest, "validation")]
    [InlineData(TestKeys.Alice, "?limit=201", HttpStatusCode.BadRequest, "validation")]
    [InlineData(TestKeys.Alice, "?status=PAUSED", HttpStatusCode.BadRequest, "validation")]
    public async Task What_is_not_allowed_is_refused(string? key, string query, HttpStatusCode status, string problem)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        using var answer = await http.GetAsync(Path + query);

        Assert.Equal((status, $"urn:waybill:problem:{problem}"), (answer.StatusCode, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "type")));
    }

    private static async Task<EndpointRecord> PausedAsync(TestTenant tenant) =>
        (await tenant.Endpoints.PauseAsync(new EndpointStateRequest(tenant.KeyOf((await tenant.CreateAsync("*")).Endpoint), Until: Now.AddDays(1)), None)).Endpoint!;

    /// <summary>Beside the service, as if its attempts had failed for two hours.</summary>
    private async Task<string> FailingAsync(TestTenant tenant)
    {
        var request = tenant.Creation("*");
        var item = EndpointItem.New(request, new EndpointSecret(new SealedSecret("k", []), Now), Now);
        item[StoredNames.EndpointItem.FailingSince] = StoredValue.Of(Now.AddHours(-2));
        item[StoredNames.EndpointItem.LastSuccessAt] = StoredValue.Of(Now.AddHours(-3));
        item[StoredNames.EndpointItem.Trouble] = EndpointItem.Trouble(new EndpointTrouble("ntf_1", DeliveryCategory.ServerError, Now.AddHours(-2), StatusCode: 503));
        item[StoredNames.DueShard] = StoredValue.Of(Shards.Watch(tenant.Owner));
        item[StoredNames.DueAt] = StoredValue.Of(Now.AddDays(2));
        Assert.True((await fixture.Parts.Endpoints.InsertAsync(item, None)).Applied);
        return request.Key.Id;
    }

    private async Task<JsonElement> AskAsync(string key, string path)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        using var answer = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
