using System.Net;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Queries.Listing;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Events;

/// <summary>Rules out that a list by tenant, endpoint or type has what is of another, or that finding an endpoint's costs what others have.</summary>
[Collection(StatusCollection.Name)]
public sealed class EventListTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestTenant _tenant = new(fixture);
    private readonly ListClient _list = new(fixture);

    [Fact]
    public async Task A_list_is_of_a_tenant_an_endpoint_or_a_type_or_of_all_three()
    {
        var (orders, _) = await _tenant.CreateAsync("order.*");
        var (all, _) = await _tenant.CreateAsync("*");
        var type = $"order.t{Guid.NewGuid():N}";
        var other = new TestTenant(fixture);
        await other.CreateAsync("*");

        var ofType = await _tenant.PostAsync(type);
        var ofOrders = await _tenant.PostAsync();
        var ofUser = await _tenant.PostAsync("user.created");
        var elsewhere = await other.PostAsync(type);

        await AssertListAsync($"tenant={_tenant.Name}", [.. ofType, .. ofOrders, .. ofUser]);
        await AssertListAsync($"endpoint={orders.Id}", [.. ofType, .. ofOrders], orders.Id);
        await AssertListAsync($"endpoint={all.Id}", [.. ofType, .. ofOrders, .. ofUser], all.Id);
        await AssertListAsync($"eventType={type}", [.. ofType, .. elsewhere]);
        await AssertListAsync($"tenant={_tenant.Name}&endpoint={all.Id}&eventType={type}", ofType, all.Id);
        await AssertListAsync($"tenant={other.Name}&endpoint={all.Id}", []);
    }

    [Fact]
    public async Task An_endpoints_failures_are_found_newest_first()
    {
        var (endpoint, _) = await _tenant.CreateAsync("order.*");
        await _tenant.CreateAsync("*");
        var failed = new List<string>();

        for (var number = 0; number < 3; number++)
        {
            foreach (var record in await _tenant.PostAsync())
            {
                await FailAsync(record);

                if (record.Event!.EndpointId == endpoint.Id)
                {
                    failed.Insert(0, record.Id);
                }
            }
        }

        await _tenant.PostAsync();
        await Eventually.BecomesAsync(() => IdsAsync($"endpoint={endpoint.Id}&status=FAILED&final=true"), ids => ids.SequenceEqual(failed));
        await Eventually.BecomesAsync(() => IdsAsync($"tenant={_tenant.Name}&status=FAILED&final=true"), ids => ids.Length == 6);
    }

    [Fact]
    public async Task Pages_of_an_endpoint_hold_each_once()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var ids = new List<string>();

        for (var number = 0; number < 7; number++)
        {
            ids.Add((await _tenant.PostAsync())[0].Id);
        }

        var pages = await _list.PagesAsync($"endpoint={endpoint.Id}&limit=2");

        Assert.Equal(ids.Order(StringComparer.Ordinal), pages.SelectMany(page => page).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Another_owner_finds_nothing_and_an_operator_all()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var record = (await _tenant.PostAsync())[0];

        Assert.Empty(ListClient.Ids(await _list.ListAsync($"endpoint={endpoint.Id}", TestKeys.Bob)));
        Assert.Empty(ListClient.Ids(await _list.ListAsync($"tenant={_tenant.Name}", TestKeys.Bob)));
        Assert.Equal([record.Id], ListClient.Ids(await _list.ListAsync($"endpoint={endpoint.Id}", TestKeys.Operator)));
    }

    [Theory]
    [InlineData("tenant=two%20words")]
    [InlineData("endpoint=ntf_01m7x9p2bd2cyevzwenvjnwmfr")]
    [InlineData("eventType=order.*")]
    [InlineData("eventType=")]
    public async Task What_cannot_be_one_is_refused(string query)
    {
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);
        using var answer = await http.GetAsync($"/v1/notifications?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_endpoints_list_costs_what_it_holds_whatever_others_have()
    {
        const int Wanted = 5;
        const int Others = 300;
        var (endpoint, _) = await _tenant.CreateAsync("order.*");
        await _tenant.CreateAsync("user.*");

        for (var number = 0; number < Wanted; number++)
        {
            await _tenant.PostAsync();
        }

        var alone = await UnitsAsync(endpoint.Id, Wanted);
        await Parallel.ForAsync(0, Others, async (_, _) => await _tenant.PostAsync("user.created"));

        Assert.Equal(alone, await UnitsAsync(endpoint.Id, Wanted));
        Assert.InRange(alone, 1, Wanted * 2);
    }

    private async Task<double> UnitsAsync(string endpointId, int expected)
    {
        var now = DateTimeOffset.UtcNow;
        var filter = new RecordFilter { From = now.AddDays(-1), To = now.AddSeconds(1), Owner = "alice", EndpointId = endpointId };
        var meter = Consumption.Measure();

        var walk = await fixture.Parts.Walks.WalkAsync(filter, filter.Start(now), limit: 50, None);

        Assert.Equal((expected, expected), (walk.Records.Count, walk.LookedAt));
        return meter.Units;
    }

    /// <param name="endpointId">For this one; null for all.</param>
    private async Task AssertListAsync(string query, IEnumerable<NotificationRecord> records, string? endpointId = null) =>
        Assert.Equal(
            records.Where(record => endpointId is null || record.Event!.EndpointId == endpointId).Select(record => record.Id).Order(StringComparer.Ordinal),
            (await IdsAsync(query)).Order(StringComparer.Ordinal));

    private async Task<string[]> IdsAsync(string query) => [.. (await _list.PagesAsync(query)).SelectMany(page => page)];

    private async Task FailAsync(NotificationRecord record)
    {
        var (claim, _) = await fixture.Status.Client.ClaimAsync(record.Id, new ClaimRequest("worker", Target: EventTarget.Of(record)), None);
        Assert.True((await fixture.Status.Client.ResultAsync(record.Id, new ResultRequest(claim!.Record.Lease!.Token, 0, Results.ClientError(), null, claim.Request.Url), None)).Applied);
    }
}
