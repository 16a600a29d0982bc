using System.Net;
using System.Text.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Events;

/// <summary>Rules out that an event is told wrong, or to somebody else.</summary>
[Collection(StatusCollection.Name)]
public sealed class EventQueryTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestTenant _tenant = new(fixture);

    private StatusClient Client => fixture.Status.Client;

    [Fact]
    public async Task An_owner_sees_each_endpoint_that_it_matched_and_where_its_notification_is()
    {
        await _tenant.CreateAsync("*");
        await _tenant.CreateAsync("order.*");
        var happened = _tenant.Event();
        var records = (await _tenant.PostAsync(happened)).Answer!.Notifications;
        var (claim, _) = await Client.ClaimAsync(records[0].Id, new ClaimRequest("worker"), None);
        await Client.ResultAsync(records[0].Id, new ResultRequest(claim!.Record.Lease!.Token, 0, Results.Success(), null, claim.Request.Url), None);

        foreach (var key in new[] { TestKeys.Alice, TestKeys.Operator })
        {
            var view = await AskAsync(key, $"/v1/events/{happened.Id}");

            Assert.Equal((happened.Id, "alice", "order.paid", _tenant.Name), (Text(view, "id"), Text(view, "owner"), Text(view, "type"), Text(view, "tenant")));
            Assert.Equal((2, TestTenant.Body.Length, happened.CorrelationId), (view.GetProperty("matched").GetInt32(), view.GetProperty("payloadBytes").GetInt32(), Text(view, "correlationId")));
            var notifications = view.GetProperty("notifications").EnumerateArray().ToArray();
            Assert.Equal(records.Select(record => (record.Id, record.Event!.EndpointId)), notifications.Select(one => (Text(one, "id"), Text(one, "endpointId"))));
            Assert.Equal([("SUCCESS", true, 1), ("PENDING", false, 0)], notifications.Select(one => (Text(one, "status"), one.GetProperty("final").GetBoolean(), one.GetProperty("attemptsMade").GetInt32())));
            Assert.Equal((false, true), (notifications[0].TryGetProperty("waiting", out _), notifications[1].TryGetProperty("waiting", out _)));
            Assert.False(view.TryGetProperty("fingerprint", out _));
        }
    }

    [Fact]
    public async Task An_event_that_nobody_took_is_told_and_one_whose_notification_is_not_kept_any_more()
    {
        var unmatched = _tenant.Event();
        await _tenant.PostAsync(unmatched);
        await _tenant.CreateAsync("*");
        var record = Assert.Single(await _tenant.PostAsync());
        await fixture.Backends.DynamoDbClient.DeleteItemAsync(TableDefinition.DefaultName, StateItem.Key(record.Id));

        var nobody = await AskAsync(TestKeys.Alice, $"/v1/events/{unmatched.Id}");
        var forgotten = await AskAsync(TestKeys.Alice, $"/v1/events/{record.Event!.Id}");

        Assert.Equal((0, 0), (nobody.GetProperty("matched").GetInt32(), nobody.GetProperty("notifications").GetArrayLength()));
        Assert.Equal(record.Id, Text(forgotten.GetProperty("notifications")[0], "id"));
        Assert.False(forgotten.GetProperty("notifications")[0].TryGetProperty("status", out _));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(TestKeys.Internal, HttpStatusCode.Forbidden)]
    [InlineData(TestKeys.Bob, HttpStatusCode.NotFound)]
    public async Task Others_do_not_see_it(string? key, HttpStatusCode status)
    {
        var happened = _tenant.Event();
        await _tenant.PostAsync(happened);

        Assert.Equal(status, await StatusAsync(key, $"/v1/events/{happened.Id}"));
    }

    [Fact]
    public async Task What_is_no_event_is_not_found()
    {
        var direct = (await Client.AcceptAsync(Submissions.New(), None)).Record!.Id;

        foreach (var id in new[] { EventIds.New(DateTimeOffset.UtcNow), "not-an-id", direct })
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(TestKeys.Alice, $"/v1/events/{id}"));
        }
    }

    [Fact]
    public async Task A_notification_says_of_which_event_it_is_and_each_attempt_where_it_went()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var record = Assert.Single(await _tenant.PostAsync());
        var (claim, _) = await Client.ClaimAsync(record.Id, new ClaimRequest("worker"), None);
        await Client.ResultAsync(record.Id, new ResultRequest(claim!.Record.Lease!.Token, 0, Results.Success(), null, claim.Request.Url), None);

        var view = await AskAsync(TestKeys.Alice, $"/v1/notifications/{record.Id}");
        var attempts = await AskAsync(TestKeys.Alice, $"/v1/notifications/{record.Id}/attempts");

        Assert.Equal(
            (record.Event!.Id, "order.paid", _tenant.Name, endpoint.Id),
            (Text(view, "eventId"), Text(view, "eventType"), Text(view, "tenant"), Text(view, "endpointId")));
        Assert.Equal(TestTenant.Url, Text(attempts.GetProperty("items")[0], "url"));
    }

    [Fact]
    public async Task Its_request_is_the_events_to_the_endpoint_as_it_is_with_masked_headers()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var record = Assert.Single(await _tenant.PostAsync());
        await _tenant.ChangeAsync(endpoint, change => change with { Url = "https://moved.example/" });

        var now = await AskAsync(TestKeys.Alice, $"/v1/notifications/{record.Id}/request");
        await _tenant.DeleteAsync(endpoint);
        var deleted = await AskAsync(TestKeys.Alice, $"/v1/notifications/{record.Id}/request");

        Assert.Equal(("https://moved.example/", "***"), (Text(now, "url"), Text(now.GetProperty("headers"), "Authorization")));
        Assert.Contains("4711", now.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(record.Url, Text(deleted, "url"));
        Assert.DoesNotContain("Authorization", deleted.GetRawText(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> AskAsync(string key, string path)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        return await http.AskAsync(path);
    }

    private async Task<HttpStatusCode> StatusAsync(string? key, string path)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        using var answer = await http.GetAsync(path);
        return answer.StatusCode;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
